// What a view of a scene consists of, and how it looks: which lines are lit, which marks stand out, which names are set.
// In: the indexed scene, the camera and what the reader looks at. Out: calls to a paint. The trap: the renderer below
// draws everything once, dimmed as a whole by the style sheet; only what is lit is drawn here, again and on top.

import { screenRadius, smallestRadius, toScreen } from "./camera.js";
import { placeNames } from "./names.js";
import { arrowHead, shapeOf } from "./paint.js";
import { bundledBy } from "./sceneindex.js";
import { colorsOf } from "./theme.js";

export const DIMMED = 0.2; // how much of what is not lit still shows
const MANY = 80; // lit lines from which on most of them step back
const RIM = 8; // pixels of radius from which on a part of the map has a rim
const NAMED = 26; // and a name
const READABLE = 3; // pixels of radius that a mark must truly have on a map to be named
const CANDIDATES = 3000; // marks that are looked at for names, in each frame

/** What the reader looks at: nothing hidden, nothing lit. */
export function createAttention() {
  return { hidden: new Set(), focus: null, path: [], hovered: null, hoveredEdge: null, cursor: null };
}

/** Return the view of a scene: places in pixels, and what is lit. */
export function createView(index, camera, size, attention) {
  const smallest = smallestRadius(index.nodes.size);
  const isShown = (id) => index.nodes.has(id) && !attention.hidden.has(id);
  const lit = litBy(index, attention);
  return {
    ...size,
    index,
    attention,
    isShown,
    lit,
    isDim: Boolean(attention.focus) || attention.path.length > 1,
    at: (node) => toScreen(camera, size, node),
    radiusOf: (node) => screenRadius(node, camera.scale, smallest),
    isEdgeShown: ({ from, to }) => isShown(from) && isShown(to),
    isNear: nearTo(camera, size),
    scale: camera.scale,
  };
}

/** Return a test for places that are in view, or so little outside that their name may reach in. */
function nearTo({ x, y, scale }, { width, height }) {
  const [across, down] = [(width / 2 + 80) / scale, (height / 2 + 80) / scale];
  return (node) => Math.abs(node.x - x) < across && Math.abs(node.y - y) < down;
}

/** Return which nodes and edges are lit: those in focus, on the path, and under the pointer. */
function litBy(index, { focus, path, hovered, hoveredEdge, cursor }) {
  const [nodes, edges] = [new Set(focus?.nodes ?? []), new Set(focus?.edges ?? [])];
  const onPath = new Set();
  path.forEach((id, at) => {
    nodes.add(id);
    if (at) for (const edge of index.between(path[at - 1], id)) onPath.add(edge.id);
  });
  const marked = new Set([focus?.center, hovered, cursor, path[0], path.at(-1)].filter(Boolean));
  const named = new Set([...edges, ...onPath, ...(hoveredEdge ? [hoveredEdge] : [])]);
  return { nodes: new Set([...nodes, ...marked]), edges: named, onPath, marked };
}

/** Return how wide a line is: wider where it bundles many. */
export function lineWidth(edge) {
  return 1 + Math.min(Math.log2(bundledBy(edge)) * 0.4, 3);
}

/** Paint all lines and marks as if nothing were lit. */
export function paintGround(paint, view, theme, opacity = 1) {
  for (const edge of view.index.edges.values()) {
    if (view.isEdgeShown(edge)) paintEdge(paint, view, edge, { color: theme.line, width: lineWidth(edge), opacity: opacity * view.index.opacityOf(edge) });
  }
  for (const node of view.index.nodes.values()) {
    if (view.isShown(node.id)) paintMark(paint, view, node, theme, { width: 1.5, opacity });
  }
}

/** Paint what is lit, then names. `words` gives the words of an edge, `caption` those above the rows of loose marks. */
export function paintLit(paint, view, theme, measure, { words, caption }) {
  const regions = regionsIn(view);
  for (const { at, r } of regions) paint.ring(at, r, { color: theme.line, width: 1 });
  const { index, lit, attention } = view;
  const edges = [...lit.edges].map((id) => index.edges.get(id)).filter((edge) => edge && view.isEdgeShown(edge));
  for (const edge of edges) paintEdge(paint, view, edge, { color: theme.accent, ...litLook(edge, lit, attention.focus?.center, edges.length) });
  const ends = edges.flatMap(({ from, to }) => [from, to]);
  const plain = new Set([...(view.isDim ? lit.nodes : []), ...ends].filter((id) => !lit.marked.has(id)));
  for (const id of [...plain, ...lit.marked]) {
    const node = index.nodes.get(id);
    if (!node || !view.isShown(id)) continue;
    const isMarked = lit.marked.has(id);
    paintMark(paint, view, node, theme, isMarked ? { outline: theme.ink, width: node.cluster ? 1.5 : 3 } : { width: 1.5 });
  }
  const cursor = index.nodes.get(attention.cursor);
  if (cursor && view.isShown(cursor.id)) paint.ring(view.at(cursor), view.radiusOf(cursor) + 7, { color: theme.accent, width: 2.5 });
  for (const name of namesOf(view, edges, regions, measure, { words, caption })) {
    if (name.tone === "accent") paint.area(corners(name.box), { color: theme.paper }); // or its line would strike it through
    paint.text(name, { color: theme[name.tone], halo: theme.paper });
  }
}

/** Return how a lit line looks: on a path it is strongest; where very many are lit, those at the centre stand out. */
function litLook(edge, { onPath }, center, count) {
  if (onPath.has(edge.id)) return { width: 3 };
  if (count > MANY && edge.from !== center && edge.to !== center) return { width: 1, opacity: 0.35 };
  return { width: Math.max(1.8, lineWidth(edge)) };
}

function corners({ left, top, right, bottom }) {
  return [{ x: left, y: top }, { x: right, y: top }, { x: right, y: bottom }, { x: left, y: bottom }];
}

function namesOf(view, edges, regions, measure, { words, caption }) {
  const { index, lit } = view;
  const nodes = nodesToName(view).map((node) => ({
    ...node, ...view.at(node), r: view.radiusOf(node), links: index.edgesOf(node.id).length, first: lit.nodes.has(node.id),
    marked: lit.marked.has(node.id),
  }));
  const lines = edges.slice(0, 120).map((edge) => {
    const [a, b] = [view.at(index.nodes.get(edge.from)), view.at(index.nodes.get(edge.to))];
    return { text: words(edge), x1: a.x, y1: a.y, x2: b.x, y2: b.y, first: edge.id === view.attention.hoveredEdge };
  });
  const parts = regions.filter(({ r }) => r > NAMED).map(({ label, at }) => ({ label, ...at }));
  return placeNames({ width: view.width, height: view.height, nodes, lines, regions: parts, caption: captionOf(view, caption) }, measure);
}

/** Return the nodes in view that may get a name: those that are lit first, then the others, the most important first. */
function nodesToName({ index, lit, isDim, isShown, isNear, scale }) {
  const least = index.regions.length ? READABLE : 0;
  const found = [...new Set([...lit.marked, ...lit.nodes])].map((id) => index.nodes.get(id)).filter((node) => node && isShown(node.id));
  if (isDim) return found;
  for (const node of index.ordered) {
    if (found.length >= CANDIDATES) break;
    if (isNear(node) && isShown(node.id) && !lit.nodes.has(node.id) && node.size * scale >= least) found.push(node);
  }
  return found;
}

/** Return the parts of the map that are seen as such: not too small, and not so near that one is inside. */
function regionsIn(view) {
  if (view.isDim) return [];
  const widest = 0.6 * Math.max(view.width, view.height);
  return view.index.regions.map((region) => ({ ...region, at: view.at(region), r: region.r * view.scale }))
    .filter(({ at, r }) => r > RIM && r < widest && !isOutside(view, at, at, r));
}

/** Say above the rows of marks without a line what they are. */
function captionOf(view, text) {
  const loose = view.index.loose.filter(view.isShown).map((id) => view.at(view.index.nodes.get(id)));
  if (!loose.length || view.isDim || !text || view.scale <= 0.25) return null;
  const left = loose.reduce((least, { x }) => Math.min(least, x), Infinity);
  const top = loose.reduce((least, { y }) => Math.min(least, y), Infinity);
  return { text, left: left - 6, top: top - 26 };
}

function paintMark(paint, view, node, theme, look) {
  const [place, r] = [view.at(node), view.radiusOf(node)];
  if (isOutside(view, place, place, r)) return;
  paint.mark(shapeOf(node), place, r, { ...colorsOf(node, theme), ...look });
}

function paintEdge(paint, view, edge, look) {
  const [from, to] = [view.index.nodes.get(edge.from), view.index.nodes.get(edge.to)];
  const [a, b] = [view.at(from), view.at(to)];
  if (isOutside(view, a, b, 0)) return;
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const [gapA, gapB] = [view.radiusOf(from) + 1, view.radiusOf(to) + 1];
  if (length <= gapA + gapB) return;
  const along = (distance) => ({ x: a.x + ((b.x - a.x) * distance) / length, y: a.y + ((b.y - a.y) * distance) / length });
  const [start, end] = [along(gapA), along(length - gapB)];
  paint.line(start, end, look);
  const [angle, head] = [Math.atan2(b.y - a.y, b.x - a.x), 3.5 + 2.2 * look.width];
  if (length < gapA + gapB + 2 * head) return;
  if (edge.arrows?.includes("to")) paint.area(arrowHead(end, angle, head), look);
  if (edge.arrows?.includes("from")) paint.area(arrowHead(start, angle + Math.PI, head), look);
}

function isOutside({ width, height }, a, b, r) {
  return Math.max(a.x, b.x) < -r || Math.max(a.y, b.y) < -r || Math.min(a.x, b.x) > width + r || Math.min(a.y, b.y) > height + r;
}
