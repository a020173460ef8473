// The picture as a file: what is in view, on paper ground, with the legend below it. PNG in double resolution, SVG as
// vectors with text. In: a view. Out: a Blob. The trap: nothing is read back from the screen, where WebGL keeps nothing.

import { SHAPES } from "./elements.js";
import { shapeOf, createCanvasPaint, createSvgPaint } from "./paint.js";
import { DIMMED, paintGround, paintLit } from "./scenery.js";
import { colorsOf } from "./theme.js";

const RATIO = 2;
const EDGE = 24; // pixels around the legend
const ROW = 24;

/** Return a Blob; `told` are {words, caption, terms(type), title}. */
export async function takeSnapshot(kind, view, theme, measure, told) {
  const legend = arrangeLegend(typesOf(view), told, view.width, measure);
  const height = view.height + legend.height;
  if (kind === "svg") {
    const paint = createSvgPaint();
    paintAll(paint, view, theme, measure, told, legend);
    return new Blob([paint.finish(view.width, height, theme.paper)], { type: "image/svg+xml" });
  }
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(view.width * RATIO), Math.round(height * RATIO)];
  const ctx = canvas.getContext("2d");
  ctx.scale(RATIO, RATIO);
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, view.width, height);
  paintAll(createCanvasPaint(ctx), view, theme, measure, told, legend);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

function paintAll(paint, view, theme, measure, told, legend) {
  paintGround(paint, view, theme, view.isDim ? DIMMED : 1);
  paintLit(paint, view, theme, measure, told);
  const ground = [[0, view.height], [view.width, view.height], [view.width, view.height + legend.height], [0, view.height + legend.height]];
  paint.area(ground.map(([x, y]) => ({ x, y })), { color: theme.paper });
  if (legend.height) paint.line({ x: EDGE, y: view.height }, { x: view.width - EDGE, y: view.height }, { color: theme.line, width: 1 });
  for (const { node, x, y, name } of legend.rows) {
    const middle = view.height + y;
    if (node) paint.mark(shapeOf(node), { x: x + 6, y: middle }, 6, { ...colorsOf(node, theme), width: 1 });
    paint.text({ ...name, x: x + (node ? 18 : 0), y: middle }, { color: node ? theme.ink : theme.soft, halo: theme.paper }, "start");
  }
}

/** Return the types of the marks that are shown, each with a node to draw; clusters under an empty name. */
function typesOf(view) {
  const shown = new Map();
  for (const node of view.index.ordered) {
    const key = node.cluster ? "" : node.type;
    if (view.isShown(node.id) && !shown.has(key)) shown.set(key, { type: key ? node.type : null, cluster: key ? null : "all" });
  }
  return shown;
}

/** Set mark after mark, in the order of the page's legend, in rows no wider than the picture; the title stands in a row of its own below them. */
export function arrangeLegend(types, { terms, title = "" }, width, measure) {
  const rows = [];
  let [x, y] = [EDGE, EDGE];
  for (const type of [...Object.keys(SHAPES), ""].filter((key) => types.has(key))) {
    const name = { text: terms(type), size: 12, weight: 400 };
    const wide = 18 + measure(name) + 22;
    if (x > EDGE && x + wide > width - EDGE) [x, y] = [EDGE, y + ROW];
    rows.push({ node: types.get(type), x, y, name });
    x += wide;
  }
  if (title) rows.push({ node: null, x: EDGE, y: rows.length ? y + ROW : EDGE, name: { text: title, size: 12, weight: 400 } });
  return { rows, height: rows.length ? rows.at(-1).y + EDGE : 0 };
}
