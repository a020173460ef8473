// Keep the address and the state the same, so that a link brings back what one saw, and so does the browser's back.

import { knownIn, namedBy } from "./known.js";
import { fromHash, toHash } from "./state.js";

/** Write each change of the state into the address, and take up what the address is changed to. */
export function followAddress(store, model, source) {
  const plain = () => location.href.split("#")[0];
  store.subscribe((state, changed, isReplacing) => {
    const hash = toHash(state);
    if (hash === location.hash) return;
    history[isReplacing ? "replaceState" : "pushState"](null, "", hash || plain());
  });
  addEventListener("popstate", async () => {
    const { hash } = location;
    const state = await stateOf(hash, model, source);
    if (hash === location.hash) store.set(state, { replace: true }); // else one has gone on meanwhile
  });
}

/** Return the state that a fragment tells of, as far as the graph knows what it names; what is missing is fetched before. */
export async function stateOf(hash, model, source) {
  const state = fromHash(hash);
  if (!source.isWhole) await source.bring(namedBy(state));
  return knownIn(model, state);
}

/** Return the address that brings back the state, as one can send it to others. */
export function linkTo(state) {
  return location.href.split("#")[0] + toHash(state);
}
