import assert from "node:assert/strict";
import { test } from "node:test";

import { createAttention, createView, paintGround, paintLit } from "../../kg/export/html/page/scenery.js";
import { indexScene } from "../../kg/export/html/page/sceneindex.js";

const THEME = { ink: "#111111", soft: "#666666", paper: "#ffffff", line: "#bbbbbb", accent: "#aa0000", types: { Place: "#0000ff", Person: "#444444" } };
const SIZE = { width: 800, height: 600 };
const measure = ({ text, size }) => text.length * size;
const told = { words: ({ id }) => `词${id}`, caption: "未见关联" };
const node = (id, x, y, more = {}) => ({ id, label: `名${id}`, type: "Place", x, y, size: 9, ...more });
const edge = (from, to, more = {}) => ({ id: `${from}${to}`, from, to, arrows: "to", edges: ["one"], ...more });
const SCENE = {
  nodes: [node("a", 0, 0, { size: 20 }), node("b", 150, 0), node("c", 0, 150), node("d", -150, 0), node("e", 900, 0)],
  edges: [edge("a", "b"), edge("a", "c"), edge("b", "c"), edge("a", "d")],
};

/** Paint into lists: what a canvas or an SVG would show. */
function painted(scene, attention = {}, paintOf = paintLit, camera = { x: 0, y: 0, scale: 1 }) {
  const seen = { line: [], area: [], mark: [], ring: [], text: [] };
  const paint = Object.fromEntries(Object.entries(seen).map(([kind, list]) => [kind, (...what) => list.push(what)]));
  const view = createView(indexScene(scene), camera, SIZE, { ...createAttention(), ...attention });
  if (paintOf === paintLit) paintLit(paint, view, THEME, measure, told);
  else paintOf(paint, view, THEME);
  return { ...seen, names: seen.text.map(([{ text }]) => text) };
}
const focus = { center: "a", nodes: new Set(["a", "b"]), edges: new Set(["ab"]) };

test("at rest nothing is lit, and what is in view has its name", () => {
  const { line, mark, names } = painted(SCENE);
  assert.deepEqual([line.length, mark.length], [0, 0]);
  assert.deepEqual(names.sort(), ["名a", "名b", "名c", "名d"]);
});

test("the ground has all lines and marks in view, with the head of each arrow", () => {
  const { line, mark, area } = painted(SCENE, {}, paintGround);
  assert.deepEqual([line.length, mark.length, area.length], [4, 4, 4]);
});

test("in focus only what is lit is painted and named, with the words of its lines", () => {
  const { line, mark, names } = painted(SCENE, { focus });
  assert.equal(line.length, 1);
  assert.equal(line[0][2].color, THEME.accent);
  assert.equal(mark.length, 2);
  assert.deepEqual(names.sort(), ["名a", "名b", "词ab"]);
});

test("the centre has a rim of ink", () => {
  const { mark } = painted(SCENE, { focus });
  assert.deepEqual(mark.map(([, , , look]) => look.outline).sort(), [THEME.ink, THEME.paper]);
});

test("the words of a line lie on paper, or the line would strike them through", () => {
  const { area } = painted({ ...SCENE, edges: [edge("a", "b", { arrows: "" })] }, { hoveredEdge: "ab" });
  assert.deepEqual(area.map(([, { color }]) => color), [THEME.paper]);
});

test("a path is wider than what is merely lit", () => {
  const { line } = painted(SCENE, { path: ["b", "a", "d"] });
  assert.deepEqual(line.map(([, , { width }]) => width), [3, 3]);
});

test("what is hidden is painted nowhere, nor are its lines", () => {
  const hidden = new Set(["b"]);
  assert.equal(painted(SCENE, { hidden }, paintGround).line.length, 2);
  assert.ok(!painted(SCENE, { hidden, focus }).names.includes("名b"));
});

test("where very many lines are lit, those that do not touch the centre step back", () => {
  const nodes = Array.from({ length: 100 }, (_, at) => node(`n${at}`, 30 * (at % 10), 30 * Math.floor(at / 10)));
  const edges = nodes.slice(1).map(({ id }, at) => edge(at < 9 ? "n0" : `n${at % 9 + 1}`, id));
  const all = { center: "n0", nodes: new Set(nodes.map(({ id }) => id)), edges: new Set(edges.map(({ id }) => id)) };
  const { line } = painted({ nodes, edges }, { focus: all });
  const faint = line.filter(([, , { opacity }]) => opacity < 1);
  assert.ok(faint.length > 60 && line.length - faint.length >= 8, `${faint.length} of ${line.length}`);
});

test("the keyboard's mark has a ring", () => {
  const { ring } = painted(SCENE, { cursor: "b" });
  assert.deepEqual(ring.map(([{ x }, , { color }]) => [x, color]), [[550, THEME.accent]]);
});

test("parts of a map have rims and names, unless they are too small, or all around", () => {
  const regions = [{ id: "r", label: "青溪县", x: 0, y: 200, r: 90 }, { id: "s", label: "小村", x: 300, y: 200, r: 3 }, { id: "t", label: "全省", x: 0, y: 0, r: 4000 }];
  const { ring, names } = painted({ ...SCENE, regions });
  assert.deepEqual([ring.length, ring[0][1]], [1, 90]);
  assert.ok(names.includes("青溪县") && !names.includes("小村") && !names.includes("全省"));
});

test("on a map only marks that are truly large enough have names", () => {
  const regions = [{ id: "r", label: "青溪县", x: 0, y: 400, r: 200 }];
  const far = { x: 0, y: 0, scale: 0.2 };
  assert.deepEqual(painted({ ...SCENE, regions }, {}, paintLit, far).names, ["青溪县", "名a"]);
});

test("rows of marks without a line are told what they are", () => {
  const loose = [node("x", -100, 250), node("y", 100, 250)];
  assert.ok(painted({ ...SCENE, nodes: [...SCENE.nodes.slice(0, 4), ...loose] }).names.includes("未见关联"));
  assert.ok(!painted(SCENE).names.includes("未见关联"));
});
