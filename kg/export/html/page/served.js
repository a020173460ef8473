// The page that `kg serve` answers: what it shows is fetched from the store.

import { explore } from "./explorer.js";
import { openStore } from "./fetching.js";

explore(async () => {
  const data = JSON.parse(document.getElementById("head").textContent);
  return { data, ...await openStore(data) };
});
