import assert from "node:assert/strict";
import { test } from "node:test";

import { createHits, distanceToLine } from "../../kg/export/html/page/hits.js";

const keyed = (rows) => new Map(rows.map((row) => [row.id, row]));
const NODES = [{ id: "a", x: 0, y: 0, size: 9 }, { id: "b", x: 100, y: 0, size: 5 }, { id: "c", x: 100, y: 100, size: 5 }];
const EDGES = [{ id: "ab", from: "a", to: "b" }, { id: "cb", from: "c", to: "b" }];
const hits = () => createHits(keyed(NODES), keyed(EDGES));
const all = () => true;
const bySize = ({ size }) => size;

test("the nearest mark that is shown and reaches the point", () => {
  assert.equal(hits().nodeAt({ x: 4, y: 3 }, bySize, all), "a");
  assert.equal(hits().nodeAt({ x: 4, y: 3 }, bySize, (id) => id !== "a"), null);
  assert.equal(hits().nodeAt({ x: 100, y: 6 }, bySize, all), null);
  assert.equal(hits().nodeAt({ x: 60, y: 0 }, () => 90, all), "b");
  assert.equal(createHits(new Map(), new Map()).nodeAt({ x: 0, y: 0 }, bySize, all), null);
});

test("a cluster is found by its own radius, however large the marks are", () => {
  const nodes = keyed([...NODES, { id: "d", x: 400, y: 0, size: 8, cluster: "d" }]);
  const radiusOf = ({ size, cluster }) => (cluster ? 20 * size : size);
  assert.equal(createHits(nodes, new Map()).nodeAt({ x: 290, y: 0 }, radiusOf, all), "d");
});

test("the nearest line within the tolerance, between marks that are shown", () => {
  assert.equal(hits().edgeAt({ x: 50, y: 3 }, 5, all), "ab");
  assert.equal(hits().edgeAt({ x: 50, y: 9 }, 5, all), null);
  assert.equal(hits().edgeAt({ x: 50, y: 3 }, 5, (id) => id !== "b"), null);
  assert.equal(hits().edgeAt({ x: 98, y: 3 }, 5, all), "cb");
});

test("what was moved is found where it is", () => {
  const moved = hits();
  assert.equal(moved.nodeAt({ x: 500, y: 500 }, bySize, all), null);
  moved.move("b", 500, 500);
  assert.equal(moved.nodeAt({ x: 500, y: 500 }, bySize, all), "b");
  assert.equal(moved.edgeAt({ x: 250, y: 250 }, 2, all), "ab");
});

test("a line has two ends", () => {
  assert.equal(distanceToLine({ x: -3, y: 4 }, { x: 0, y: 0 }, { x: 10, y: 0 }), 5);
  assert.equal(distanceToLine({ x: 3, y: 4 }, { x: 0, y: 0 }, { x: 0, y: 0 }), 5);
});
