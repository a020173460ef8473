// The picture as the page sees it: show a scene, dim all but a few, move, and tell what the reader does with it.
// In: a container and handlers. Out: a stage. Below, a renderer draws the scene; names, pointer, keyboard and camera
// belong to the stage, and are the same above each renderer. The trap: what lies on top is drawn when the renderer below has
// drawn, never before, or names and marks would part while one moves.

import { prepared } from "./canvas.js";
import { make } from "./elements.js";
import { listenToPointer } from "./gestures.js";
import { listenToKeys } from "./keys.js";
import { createLens } from "./lens.js";
import { createCanvasPaint, createMeasure } from "./paint.js";
import { createRenderers } from "./renderers.js";
import { createAttention, createView, paintLit } from "./scenery.js";
import { indexScene } from "./sceneindex.js";
import { takeSnapshot } from "./snapshot.js";
import { readTheme } from "./theme.js";

const STOPS = 60; // marks that Tab goes through, of those in view

/**
 * Make a stage. `handlers`: choose({node, edge}, event), open(node), hover(node or null), moved(id, x, y), and words(edge)
 * for what is written on a line. `options`: `vis`, the options that pyvis wrote, and `only`, the renderer to draw by.
 */
export function createStage(container, handlers, options = {}) {
  const base = make("div", { class: "stage-layer stage-base", inert: true });
  const top = make("canvas", { class: "stage-layer stage-top" });
  const live = make("p", { class: "unseen", role: "status" });
  container.append(base, top, live);
  const measure = createMeasure(make("canvas").getContext("2d"));
  const attention = createAttention();
  const pinned = new Map();
  let index = indexScene({ nodes: [], edges: [] });
  let theme = readTheme();
  let speech = null;

  const lens = createLens(container, () => render());
  const view = () => ({ ...createView(index, lens.camera(), lens.size(), attention), camera: lens.camera() });
  const told = () => ({ words: (edge) => handlers.words?.(edge) ?? "", caption: speech?.say("unlinked") ?? "" });

  const renderer = createRenderers(base, { drawn: drawTop, theme: () => theme, ...options });

  function drawTop() {
    paintLit(createCanvasPaint(prepared(top, lens.size())), view(), theme, measure, told());
  }
  function render() {
    const { width, height } = lens.size();
    if (!width || !height) return; // while another view is shown
    lens.aim();
    base.classList.toggle("is-dim", Boolean(attention.focus) || attention.path.length > 1);
    renderer.render(view());
  }
  const boxOf = (ids) => index.boundsOf(ids ?? [...index.nodes.keys()].filter((id) => !attention.hidden.has(id)));
  const fit = (ids, closest) => lens.fit(boxOf(ids), closest);
  function under(point) {
    const { radiusOf, isShown } = view();
    const [place, { scale }] = [lens.under(point), lens.camera()];
    const node = index.nodeAt(place, (other) => (radiusOf(other) + 3) / scale, isShown);
    const isFixed = Boolean(index.nodes.get(node)?.cluster); // a cluster has its place on the map
    return { node, isFixed, edge: node ? null : index.edgeAt(place, 5 / scale, isShown) };
  }
  function place(id, x, y) {
    if (!index.nodes.has(id)) return;
    index.move(id, x, y);
    renderer.move(id, x, y);
    render();
  }
  function hover({ node, edge }) {
    if (node === attention.hovered && edge === attention.hoveredEdge) return;
    if (node !== attention.hovered) handlers.hover?.(node);
    [attention.hovered, attention.hoveredEdge] = [node, edge];
    top.style.cursor = node || edge ? "pointer" : "";
    drawTop();
  }
  function reveal(ids) {
    const first = index.nodes.get(ids[0]);
    if (first && !lens.isInView(first)) fit(ids, lens.camera().scale);
  }

  listenToPointer(top, under, {
    hover,
    pan: lens.pan,
    zoom: lens.zoom,
    choose: ({ node, edge }, event) => handlers.choose?.({ node, edge }, event),
    open: (node) => handlers.open?.(node),
    drag(id, point) {
      const { x, y } = lens.under(point);
      place(id, x, y);
    },
    drop(id) {
      const { x, y } = index.nodes.get(id) ?? {};
      if (x === undefined) return;
      pinned.set(id, [x, y]);
      handlers.moved?.(id, x, y);
    },
  });
  listenToKeys(container, stops, {
    pan: lens.pan,
    zoom: lens.zoom,
    fit: () => fit(),
    cursor(id) {
      attention.cursor = id;
      live.textContent = id ? readAloud(id) : "";
      if (id) reveal([id]);
      drawTop();
    },
    choose(id, event) {
      if (attention.focus?.center === id) handlers.open?.(id);
      else handlers.choose?.({ node: id, edge: null }, event);
    },
  });

  new ResizeObserver(render).observe(container);

  /** Return the marks that Tab goes through: the most important ones in view. */
  function stops() {
    const { isShown, lit, isDim } = view();
    const near = index.ordered.filter((node) => isShown(node.id) && (!isDim || lit.nodes.has(node.id)) && lens.isInView(node));
    return near.slice(0, STOPS).map(({ id }) => id);
  }
  function readAloud(id) {
    const { label, type } = index.nodes.get(id);
    const values = { name: label.slice(0, 80), type: speech && type ? speech.term(type) : "", n: index.edgesOf(id).length };
    return speech ? speech.say("markRead", values) : label;
  }

  return {
    /** Draw a scene without the `hidden` of its nodes; with `keep` the camera stays where it is. */
    show(scene, { keep = false, hidden = new Set() } = {}) {
      index = indexScene(scene, pinned);
      attention.hidden = hidden;
      [attention.hovered, attention.hoveredEdge, attention.cursor] = [null, null, null];
      if (!keep) lens.aim(() => boxOf());
      renderer.load(view());
      render();
    },
    setHidden(ids) {
      if (ids.size === attention.hidden.size && [...ids].every((id) => attention.hidden.has(id))) return;
      attention.hidden = ids;
      renderer.update(view());
      render();
    },
    /** Dim all but the given: {center, nodes, edges}, or null. */
    focus(next) {
      attention.focus = next;
      render();
    },
    /** Light the way along the given nodes; none with an empty list. */
    path(ids) {
      attention.path = ids ?? [];
      render();
    },
    /** Give a node a place, and keep it there in scenes to come. */
    pin(id, x, y) {
      pinned.set(id, [x, y]);
      place(id, x, y);
    },
    /** Let a node go back to where the scene has it. */
    unpin(id) {
      pinned.delete(id);
      if (index.nodes.has(id)) place(id, ...index.nodes.get(id).home);
    },
    /** Return where a node stands, in whole units of the picture. */
    placeOf(id) {
      const { x, y } = index.nodes.get(id);
      return [Math.round(x), Math.round(y)];
    },
    fit,
    /** Move the picture if the first of the nodes is out of sight. */
    reveal,
    zoom: lens.zoom,
    camera: lens.camera,
    setCamera: lens.set,
    speak(next) {
      speech = next;
      render();
    },
    refreshTheme() {
      theme = readTheme();
      renderer.update(view());
      render();
    },
    redraw: render,
    resize: render,
    /** Return what is in view as a Blob: "png" or "svg". */
    snapshot: (kind, { title = "" } = {}) => takeSnapshot(kind, view(), theme, measure,
      { ...told(), title, terms: (type) => (speech ? (type ? speech.term(type) : speech.say("clusterMark")) : type) }),
  };
}
