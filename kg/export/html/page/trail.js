// Where one is in a large graph: the clusters from the whole down to the one that is shown, each a way back, and a switch
// between clusters and the map of everything. In: an element and the context. Out: a function that follows the state.
// A graph that one view can show has no clusters, and no trail; one that is fetched has its start in place of the whole.

import { make, nameOf } from "./elements.js";
import { clusterName } from "./pages.js";

/** Fill the element with the trail of the scene. */
export function createTrail(element, context) {
  const { model, store } = context;
  const go = (scene) => () => store.set({ scene, chosen: scene.kind === "cluster" ? { kind: "cluster", id: scene.ids[0] } : null });
  return function update({ scene }) {
    element.hidden = !model.clusters.size && !model.opening;
    if (element.hidden) return;
    const speech = context.speech();
    const isMap = scene.kind === "all";
    const whole = { kind: "overview", ids: [] };
    const steps = [
      step(speech.say(model.opening ? "start" : "whole"), go(whole), scene.kind === "overview"),
      ...(model.opening && scene.kind === "around" ? [step(nameOf(scene.ids.map((id) => model.entities.get(id)?.label ?? id).join(speech.say("comma"))), () => {}, true)] : []),
      ...(scene.kind === "cluster" ? chainOf(model, scene.ids[0]) : []).map((id, at, chain) =>
        step(nameOf(clusterName(id, context)), go({ kind: "cluster", ids: [id] }), at === chain.length - 1)),
    ];
    element.setAttribute("aria-label", speech.say("trail"));
    element.replaceChildren(make("ol", {}, ...steps),
      make("button", { type: "button", "aria-pressed": String(isMap), onclick: (event) =>
        announced(event.target, isMap ? "" : speech.say("drawing"), go(isMap ? whole : { kind: "all", ids: [] })) }, speech.say(model.opening ? "mapFetched" : "map")));
  };
}

/** Let a button say what is being done before it is done: drawing a hundred thousand marks takes some seconds. */
function announced(button, words, act) {
  if (words) button.textContent = words;
  requestAnimationFrame(() => setTimeout(act));
}

function step(name, act, isHere) {
  return make("li", {}, make("button", { type: "button", onclick: act, "aria-current": isHere ? "true" : undefined }, name));
}

/** Return the clusters from the outermost down to the given one, without the whole. */
export function chainOf(model, id) {
  const chain = [];
  for (let at = id; at; at = model.clusters.get(at)?.parent) chain.unshift(at);
  return chain;
}
