import assert from "node:assert/strict";
import { test } from "node:test";

import { arrowHead, createSvgPaint, shapeOf } from "../../kg/export/html/page/paint.js";
import { arrangeLegend } from "../../kg/export/html/page/snapshot.js";
import { channels, colorsOf } from "../../kg/export/html/page/theme.js";

const look = { color: "#000", halo: "#fff" };

test("a name in an SVG ends no element and holds nothing that XML forbids", () => {
  const paint = createSvgPaint();
  paint.text({ text: "</text><script>&\u0001\ud800x\ufffe\"", x: 1, y: 2, size: 12, weight: 400 }, look);
  const file = paint.finish(10, 10, "#fff");
  assert.ok(file.includes(">&lt;/text&gt;&lt;script&gt;&amp;\ufffdx&quot;</text>"), file);
});

test("rare characters stay whole", () => {
  const paint = createSvgPaint();
  paint.text({ text: "𠮷村", x: 0, y: 0, size: 12, weight: 400 }, look);
  assert.ok(paint.finish(1, 1, "#fff").includes(">𠮷村<"));
});

test("lines, marks and rings are vectors", () => {
  const paint = createSvgPaint();
  paint.line({ x: 0, y: 0.005 }, { x: 10.123, y: 5 }, { color: "#b9b0a1", width: 1, opacity: 0.2 });
  paint.mark(shapeOf({ type: "Project" }), { x: 5, y: 5 }, 4, { fill: "#3c8a45", outline: "#fff", width: 1.5 });
  paint.ring({ x: 5, y: 5 }, 9, { color: "#a3231c", width: 2 });
  const file = paint.finish(20, 20, "#fbfaf6");
  assert.match(file, /<path d="M0 0.01L10.12 5" stroke="#b9b0a1" stroke-width="1" opacity="0.2"\/>/);
  assert.match(file, /<path transform="translate\(5 5\) scale\(4\)" d="M0 -1.1L1.15 .85H-1.15Z"/);
  assert.match(file, /<circle cx="5" cy="5" r="9" fill="none"/);
  assert.match(file, /<rect width="100%" height="100%" fill="#fbfaf6"\/>/);
});

test("a cluster is a pale disc, an unknown type a mark like a place", () => {
  const theme = { paper: "#ffffff", soft: "#625d55", types: { Place: "#2f67ad" } };
  const pale = colorsOf({ type: "Place", cluster: "c" }, theme);
  assert.equal(pale.outline, "#2f67ad");
  assert.ok(channels(pale.fill).every((value) => value > 220));
  assert.deepEqual(colorsOf({ type: "Place" }, theme), { fill: "#2f67ad", outline: "#ffffff" });
  assert.equal(colorsOf({ type: "Comet" }, theme).fill, "#625d55");
  assert.equal(shapeOf({ type: "Comet" }), shapeOf({ type: "Person", cluster: "c" }));
});

test("the head of an arrow points where the line goes", () => {
  const [tip, ...wings] = arrowHead({ x: 10, y: 0 }, 0, 8);
  assert.deepEqual(tip, { x: 10, y: 0 });
  assert.ok(wings.every(({ x }) => x < 5) && wings[0].y === -wings[1].y);
});

test("a colour of the style sheet in numbers, for WebGL", () => {
  assert.deepEqual(channels("#2f67ad"), [47, 103, 173]);
  assert.deepEqual(channels("#fff"), [255, 255, 255]);
});

test("the legend takes as many rows as it needs", () => {
  const types = new Map(["Place", "Person", "Organization", "Programme"].map((type) => [type, { type }]));
  const measure = ({ text }) => text.length * 10;
  const told = { terms: (type) => type, title: "标题" };
  const wide = arrangeLegend(types, told, 1000, measure);
  const narrow = arrangeLegend(types, told, 260, measure);
  assert.equal(new Set(wide.rows.map(({ y }) => y)).size, 2);
  assert.ok(narrow.height > wide.height);
  assert.ok(narrow.rows.every(({ x }) => x < 260));
  assert.equal(wide.rows.at(-1).name.text, "标题");
  assert.equal(arrangeLegend(new Map(), { terms: (type) => type }, 500, measure).height, 0);
});
