// What one can do with an entity in the picture: look further, expand, hide, pin, look for a path, keep to its surroundings.

import { make } from "./elements.js";

/** Make the buttons of an entity's page. */
export function actions(id, context) {
  const { model, store } = context;
  const { depth, expanded, hidden, pinned, filter, scene } = store.get();
  const speech = context.speech();
  const button = (word, act, pressed) => make("button", { type: "button", "aria-pressed": pressed === undefined ? undefined : String(pressed), onclick: act }, speech.say(word));
  const within = (list) => (list.includes(id) ? list.filter((each) => each !== id) : [...list, id]);
  const isAround = scene.kind === "around" && scene.ids.includes(id);
  const isPlace = model.entities.get(id).type === "Place";
  return make("div", { class: "actions", role: "group", "aria-label": speech.say("actions") },
    button("oneStep", () => store.set({ depth: 1 }), depth === 1),
    button("twoSteps", () => store.set({ depth: 2 }), depth === 2),
    button("onlyAround", () => store.set({ scene: isAround ? { kind: "overview", ids: [] } : { kind: "around", ids: [id] }, view: "graph" }), isAround),
    scene.kind === "around" || model.clusters?.size || model.opening ? button(model.opening ? "showNeighbours" : "expand", () => store.set({ expanded: within(expanded) }), expanded.includes(id)) : null,
    isPlace ? button("onlyInside", () => store.set({ filter: { ...filter, place: filter.place === id ? null : id } }), filter.place === id) : null,
    button("pathTo", () => context.seekWay(id)),
    button("pin", () => context.pin(id), id in pinned),
    button("hide", () => store.set({ hidden: within(hidden), chosen: null }), hidden.includes(id)));
}
