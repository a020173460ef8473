// The graph as a view: a scene drawn as a picture, which follows the state.
// In: the context. Out: a view {id, title, mount, update}. The picture is kept while other views are shown.

import { createDrawing } from "./drawing.js";
import { make } from "./elements.js";
import { focusOf, hiddenIn, sceneOf, wayOf } from "./scenes.js";

export const graphView = { id: "graph", title: "viewGraph", mount };

function mount(element, context) {
  const { model, store } = context;
  const canvas = make("div", { id: "canvas", role: "application", tabindex: 0 });
  const nothing = make("p", { id: "nothing", hidden: model.entities.size > 0 });
  const hint = make("p", { id: "hint" });
  const buttons = { "zoom-in": "+", "zoom-out": "−", fit: "⤢" };
  const zoom = make("div", { class: "zoom", role: "group" },
    ...Object.entries(buttons).map(([id, sign]) => make("button", { type: "button", id }, sign)));
  element.classList.add("picture");
  element.append(canvas, nothing, zoom, hint);
  const drawing = createDrawing(canvas, context.picture, model, {
    choose(node, edge) {
      if (node) context.openEntity(node);
      else if (edge) context.choose({ kind: "edge", id: edge });
      else context.choose(null);
    },
    approach: (node) => context.approach(node),
  });
  const on = (id, act) => zoom.querySelector(`#${id}`).addEventListener("click", act);
  on("fit", () => drawing.fit());
  on("zoom-in", () => drawing.zoom(1.3));
  on("zoom-out", () => drawing.zoom(1 / 1.3));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawing.refreshTheme());
  context.pin = (id) => {
    const { [id]: at, ...others } = store.get().pinned;
    const { x, y } = drawing.network.getPosition(id);
    store.set({ pinned: at ? others : { ...others, [id]: [Math.round(x), Math.round(y)] } });
  };
  context.approach = (id) => drawing.fit([id, ...model.neighbours(id)], 1.25);

  let isNew = true;
  return {
    update(state, changed) {
      const shown = context.filtered().entities;
      const scene = sceneOf(model, state);
      const hidden = hiddenIn(model, scene, state, shown);
      drawing.filter((id) => !hidden.has(id));
      drawing.focusOn(focusOf(model, scene, state, shown));
      if (changed.has("chosen") && state.chosen?.kind === "entity") drawing.reveal([state.chosen.id, ...model.neighbours(state.chosen.id)]);
      const way = wayOf(model, state.path);
      if (changed.has("path") && way) drawing.fit(way, 1.25);
      if (changed.has("language")) say(canvas, zoom, nothing, hint, context.speech(), drawing);
      if (isNew || (changed.has("scene") && !state.path)) drawing.fit();
      isNew = false;
    },
  };
}

function say(canvas, zoom, nothing, hint, speech, drawing) {
  canvas.setAttribute("aria-label", speech.say("pictureHelp"));
  nothing.textContent = speech.say("emptyGraph");
  hint.textContent = speech.say("hint");
  zoom.setAttribute("aria-label", speech.say("zoom"));
  const [zoomIn, zoomOut, fit] = zoom.children;
  zoomIn.setAttribute("aria-label", speech.say("zoomIn"));
  zoomOut.setAttribute("aria-label", speech.say("zoomOut"));
  fit.setAttribute("aria-label", speech.say("fit"));
  drawing.speak(speech);
}
