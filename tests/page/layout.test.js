import assert from "node:assert/strict";
import { test } from "node:test";

import { settle } from "../../kg/export/html/page/layout.js";

const star = (count) => ({
  nodes: Array.from({ length: count }, (_, at) => ({ id: `n${at}` })),
  edges: Array.from({ length: count - 1 }, (_, at) => ({ from: "n0", to: `n${at + 1}` })),
});
const distance = ([a, b], [c, d]) => Math.hypot(a - c, b - d);

function assertApart(places, least) {
  const all = [...places.values()];
  for (const [at, place] of all.entries()) {
    assert.ok(place.every(Number.isFinite));
    for (const other of all.slice(at + 1)) assert.ok(distance(place, other) > least, `${place} and ${other}`);
  }
}

test("every node has a place, apart from all others", () => {
  for (const count of [1, 2, 3, 12, 60, 150]) {
    const { nodes, edges } = star(count);
    const places = settle(nodes, edges);
    assert.equal(places.size, count);
    assertApart(places, 30);
  }
});

test("what stays, stays", () => {
  const { nodes, edges } = star(12);
  const fixed = new Map([["n0", [300, -40]], ["n1", [400, -40]]]);
  const places = settle(nodes, edges, { fixed });
  assert.deepEqual(places.get("n0"), [300, -40]);
  assert.deepEqual(places.get("n1"), [400, -40]);
  const known = nodes.map((node) => (node.id === "n0" ? { ...node, x: 7, y: 8 } : node));
  assert.deepEqual(settle(known, edges, { fixed: new Set(["n0"]) }).get("n0"), [7, 8]);
});

test("what is new stands near what it is linked with", () => {
  const old = Array.from({ length: 30 }, (_, at) => ({ id: `o${at}`, x: (at % 6) * 120, y: Math.floor(at / 6) * 120 }));
  const fresh = Array.from({ length: 5 }, (_, at) => ({ id: `f${at}` }));
  const edges = fresh.map(({ id }) => ({ from: "o0", to: id }));
  const places = settle([...old, ...fresh], edges, { fixed: new Set(old.map(({ id }) => id)) });
  for (const { id } of fresh) assert.ok(distance(places.get(id), [0, 0]) < 300, `${id}: ${places.get(id)}`);
  assertApart(places, 20);
});

test("the same graph looks the same, whatever the order of its edges", () => {
  const { nodes, edges } = star(40);
  assert.deepEqual(settle(nodes, edges), settle(nodes, edges));
});

test("nodes without any link, and edges to nowhere, do no harm", () => {
  const nodes = [{ id: "a" }, { id: "b" }, { id: "c" }];
  assertApart(settle(nodes, [{ from: "a", to: "gone" }, { from: "b", to: "b" }]), 20);
  assert.equal(settle([], []).size, 0);
});

test("a node without links is not pushed out of sight of the others", () => {
  const { nodes, edges } = star(40);
  const places = settle([...nodes, { id: "alone" }], edges);
  const others = nodes.map(({ id }) => distance(places.get(id), places.get("alone")));
  assert.ok(Math.min(...others) < 250, `${Math.min(...others)}`);
});

test("four hundred nodes are settled while one blinks", () => {
  const { nodes, edges } = star(400);
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    settle(nodes, edges);
    return performance.now() - start;
  });
  assert.ok(Math.min(...times) < 250, `${Math.min(...times)} ms; 30 on a machine that does nothing else`);
});
