// The page that `kg build` writes: everything is in it.

import { explore } from "./explorer.js";
import { loadData } from "./load.js";
import { createModel } from "./model.js";
import { WHOLE } from "./whole.js";

explore(async () => {
  const data = await loadData(document);
  return { data, model: createModel(data), source: WHOLE };
});
