import assert from "node:assert/strict";
import { test } from "node:test";

import { indexScene } from "../../kg/export/html/page/sceneindex.js";

const node = (id, x, y, size = 9) => ({ id, label: id, type: "Place", x, y, size });
const scene = {
  nodes: [node("a", 0, 0, 26), node("b", 100, 0), node("c", 100, 100), node("d", 0, 400), node("e", 60, 400)],
  edges: [{ id: "ab", from: "a", to: "b" }, { id: "cb", from: "c", to: "b" }, { id: "gone", from: "a", to: "nowhere" }],
};
const all = () => true;

test("an edge to what is not in the scene is left out", () => {
  assert.deepEqual([...indexScene(scene).edges.keys()], ["ab", "cb"]);
});

test("edges of a node, and between two in either direction", () => {
  const index = indexScene(scene);
  assert.deepEqual(index.edgesOf("b").map(({ id }) => id), ["ab", "cb"]);
  assert.deepEqual(index.between("b", "c").map(({ id }) => id), ["cb"]);
  assert.deepEqual(index.between("a", "c"), []);
});

test("the most important come first, equals by their identifier", () => {
  assert.deepEqual(indexScene(scene).ordered.map(({ id }) => id), ["a", "b", "c", "d", "e"]);
});

test("a pinned node stands where the reader put it", () => {
  const { x, y } = indexScene(scene, new Map([["b", [7, 8]]])).nodes.get("b");
  assert.deepEqual([x, y], [7, 8]);
});

test("rows of marks without a line are known when they stand below all others", () => {
  assert.deepEqual(indexScene(scene).loose, ["d", "e"]);
  assert.deepEqual(indexScene({ ...scene, nodes: [...scene.nodes, node("f", 5, 50)] }).loose, []);
  assert.deepEqual(indexScene({ nodes: scene.nodes, edges: [] }).loose, []);
});

test("a hub with a hundred thousand edges is indexed at once", { timeout: 20_000 }, () => {
  const nodes = Array.from({ length: 100_001 }, (_, at) => node(`n${at}`, at, at));
  const edges = nodes.slice(1).map(({ id }) => ({ id: `e${id}`, from: "n0", to: id }));
  assert.equal(indexScene({ nodes, edges }).edgesOf("n0").length, 100_000);
});

test("the parts of a map come with the largest first", () => {
  const regions = [{ id: "b", r: 5 }, { id: "a", r: 5 }, { id: "c", r: 90 }];
  assert.deepEqual(indexScene({ ...scene, regions }).regions.map(({ id }) => id), ["c", "a", "b"]);
  assert.deepEqual(indexScene(scene).regions, []);
});

test("where lines are many, those that bundle few links are faint", () => {
  const nodes = Array.from({ length: 8 }, (_, at) => node(`n${at}`, at, at));
  const pairs = nodes.flatMap((a, at) => nodes.slice(at + 1).map((b) => [a.id, b.id]));
  const edges = pairs.map(([from, to], at) => ({ id: `${from} ${to}`, from, to, edges: Array.from({ length: at + 1 }, String) }));
  const index = indexScene({ nodes, edges });
  assert.equal(index.opacityOf(edges.at(-1)), 1);
  assert.ok(index.opacityOf(edges[0]) < 0.5 && index.opacityOf(edges[0]) > 0);
  assert.equal(indexScene({ nodes, edges: edges.slice(0, 6) }).opacityOf(edges[0]), 1);
});
