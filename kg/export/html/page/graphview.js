// The graph as a view: the state as a scene on the stage, and what the reader does there as changes of the state.
// In: the context. Out: a view {id, title, mount, update}. The trap: a scene is shown anew only when its nodes are
// others; whatever only dims, hides or moves something must not make the picture jump.

import { save } from "./download.js";
import { make } from "./elements.js";
import { settle } from "./layout.js";
import { focusOf, hiddenIn, sceneOf, wayOf } from "./scenes.js";
import { createStage } from "./stage.js";
import { createTrail } from "./trail.js";

export const graphView = { id: "graph", title: "viewGraph", mount };

const isPossible = ({ store }) => store.get().view === "graph";

/** The picture as a file, for the menu of exports. */
export const PICTURE_EXPORTS = [
  { title: "exportPng", isPossible, run: (context) => context.savePicture("png") },
  { title: "exportSvg", isPossible, run: (context) => context.savePicture("svg") },
];

function mount(element, context) {
  const { model, store } = context;
  const page = buildPage(element, model);
  const stage = createStage(page.canvas, handlersOf(context, () => shown.scene), { vis: context.picture.options });
  const shown = { scene: null, kind: "", places: new Map(), pinned: {} };
  const trail = createTrail(page.trail, context);
  listenToButtons(page.zoom, stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => stage.refreshTheme());
  context.approach = (id) => stage.fit([id, ...model.neighbours(id)]);
  context.pin = (id) => {
    const { [id]: at, ...others } = store.get().pinned;
    store.set({ pinned: at ? others : { ...others, [id]: stage.placeOf(id) } });
  };
  context.savePicture = async (kind) => save(await stage.snapshot(kind, { title: document.getElementById("deck").textContent }), `graph.${kind}`);
  return {
    update(state, changed) {
      if (changed.has("language")) speak(page, stage, context.speech(), context.source);
      trail(state);
      follow(stage, shown, context, state, changed);
    },
  };
}

function buildPage(element, model) {
  const canvas = make("div", { id: "canvas", role: "application", tabindex: 0 });
  const nothing = make("p", { id: "nothing", hidden: model.entities.size > 0 });
  const hint = make("p", { id: "hint" });
  const signs = { "zoom-in": "+", "zoom-out": "−", fit: "⤢" };
  const zoom = make("div", { class: "zoom", role: "group" },
    ...Object.entries(signs).map(([id, sign]) => make("button", { type: "button", id }, sign)));
  element.classList.add("picture");
  const trail = make("nav", { class: "trail" });
  element.append(trail, canvas, nothing, zoom, hint);
  return { canvas, nothing, hint, zoom, trail };
}

function listenToButtons(zoom, stage) {
  const on = (id, act) => zoom.querySelector(`#${id}`).addEventListener("click", act);
  on("fit", () => stage.fit());
  on("zoom-in", () => stage.zoom(1.3));
  on("zoom-out", () => stage.zoom(1 / 1.3));
}

/** Return what a click, a drag or a glance on the stage means. */
function handlersOf(context, scene) {
  const { model, store } = context;
  const clusterOf = (id) => scene().nodes.find((node) => node.id === id)?.cluster ?? null;
  const enter = (cluster) => store.set({ scene: { kind: "cluster", ids: [cluster] }, chosen: { kind: "cluster", id: cluster } });
  return {
    choose({ node, edge }) {
      if (node && clusterOf(node) !== null) enter(clusterOf(node));
      else if (node) context.openEntity(node);
      else if (edge && model.edges.has(edge)) context.choose({ kind: "edge", id: edge });
      else if (!edge) context.choose(null);
    },
    open(node) {
      if (clusterOf(node) !== null) enter(clusterOf(node));
      else if (model.opening && !store.get().expanded.includes(node)) store.set({ expanded: [...store.get().expanded, node] });
      else context.approach(node);
    },
    moved: (id, x, y) => store.set({ pinned: { ...store.get().pinned, [id]: [Math.round(x), Math.round(y)] } }),
    words: ({ edges }) => wordsOf(edges.map((id) => model.edges.get(id)), context),
  };
}

/** Say what a line tells: what its statements say, or how many links it bundles. */
function wordsOf(edges, { model, speech }) {
  if (edges.length > 1) return speech().say("bundle", { n: edges.length });
  const words = edges[0].statements.map((id) => model.statements.get(id)).map(({ role, p }) => role || speech().term(p));
  return [...new Set(words)].join(" · ");
}

/** Bring the stage to what the state says. */
function follow(stage, shown, context, state, changed) {
  const { model } = context;
  const filtered = context.filtered().entities;
  const scene = sceneOf(model, state);
  if (changed.has("scene") && !changed.has("pinned")) forgetPinned(context, state);
  const isOther = scene.id !== shown.scene?.id || changed.has("language");
  const hidden = hiddenIn(model, scene, state, filtered);
  if (isOther) show(stage, shown, scene, state, hidden);
  else stage.setHidden(hidden);
  movePinned(stage, shown, state.pinned);
  const way = wayOf(model, state.path);
  stage.path(way ?? []);
  stage.focus(way ? null : focusOf(model, scene, state, filtered));
  if (changed.has("path") && way) stage.fit(way);
  else if (changed.has("chosen") && state.chosen?.kind === "entity") stage.reveal([state.chosen.id, ...model.neighbours(state.chosen.id)]);
}

/** Show a scene: the whole of it where it is another one or has grown, else from where one looked. */
function show(stage, shown, scene, state, hidden) {
  const kind = JSON.stringify(state.scene);
  const isGrown = kind === shown.kind;
  const nodes = placed(scene, isGrown ? shown.places : new Map()).map((node) => ({ ...node, label: nameIn(state.language, node.label) }));
  const regions = scene.regions.map((region) => ({ ...region, label: nameIn(state.language, region.label) }));
  const hasNew = !scene.isPlaced && nodes.some(({ id }) => !shown.places.has(id));
  stage.show({ ...scene, nodes, regions }, { keep: isGrown && !hasNew, hidden });
  Object.assign(shown, { scene: { ...scene, nodes }, kind, places: new Map(nodes.map(({ id, x, y }) => [id, [x, y]])) });
}

/** Return the nodes with places: those of the whole picture, or near each other where only some are shown. */
function placed(scene, fixed) {
  if (scene.isPlaced) return scene.nodes;
  const known = new Map(scene.nodes.filter(({ x }) => x !== null).map(({ id, x, y }) => [id, [x, y]]));
  const places = settle(scene.nodes.map(({ id, size }) => ({ id, size })), scene.edges, { fixed: new Map([...fixed, ...known]) });
  return scene.nodes.map((node) => ({ ...node, x: places.get(node.id)[0], y: places.get(node.id)[1] }));
}

function nameIn(language, label) {
  return typeof label === "string" ? label : label?.[language] ?? "";
}

/** A place that the reader gave to a node is one in the scene that was shown: in another it means nothing. */
function forgetPinned({ store }, { pinned, scene }) {
  if (!Object.keys(pinned).length) return;
  queueMicrotask(() => store.get().scene === scene && store.set({ pinned: {} }, { replace: true }));
}

function movePinned(stage, shown, pinned) {
  if (pinned === shown.pinned) return;
  for (const id of Object.keys(shown.pinned)) if (!(id in pinned)) stage.unpin(id);
  for (const [id, [x, y]] of Object.entries(pinned)) stage.pin(id, x, y);
  shown.pinned = pinned;
}

function speak({ canvas, nothing, hint, zoom }, stage, speech, { isWhole }) {
  canvas.setAttribute("aria-label", speech.say("pictureHelp"));
  nothing.textContent = speech.say("emptyGraph");
  hint.textContent = speech.say(isWhole ? "hint" : "hintFetched");
  zoom.setAttribute("aria-label", speech.say("zoom"));
  ["zoomIn", "zoomOut", "fit"].forEach((key, at) => zoom.children[at].setAttribute("aria-label", speech.say(key)));
  stage.speak(speech);
}
