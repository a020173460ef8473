// Keep the address and the state the same, so that a link brings back what one saw, and so does the browser's back.

import { knownIn } from "./known.js";
import { fromHash, toHash } from "./state.js";

/** Write each change of the state into the address, and take up what the address is changed to. */
export function followAddress(store, model) {
  const plain = () => location.href.split("#")[0];
  store.subscribe((state, changed, isReplacing) => {
    const hash = toHash(state);
    if (hash === location.hash) return;
    history[isReplacing ? "replaceState" : "pushState"](null, "", hash || plain());
  });
  addEventListener("popstate", () => store.set(stateOf(location.hash, model), { replace: true }));
}

/** Return the state that a fragment tells of, as far as the graph knows what it names. */
export function stateOf(hash, model) {
  return knownIn(model, fromHash(hash));
}

/** Return the address that brings back the state, as one can send it to others. */
export function linkTo(state) {
  return location.href.split("#")[0] + toHash(state);
}
