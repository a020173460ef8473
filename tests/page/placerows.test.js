import assert from "node:assert/strict";
import { test } from "node:test";

import { keyInTree, openRows, placeCounts } from "../../kg/export/html/page/placerows.js";

const leaf = (id) => ({ id, children: [] });
const roots = [{ id: "县", children: [{ id: "镇", children: [leaf("村一"), leaf("村二")] }, leaf("街道")] }];
const homes = { 镇: ["县"], 街道: ["县"], 村一: ["镇"], 村二: ["镇"], 公司: ["街道"], 活动: ["村一", "村二"], 贷: [] };
const typeOf = (id) => (homes[id] && "镇街道村一村二".includes(id) ? "Place" : "Other");
const counts = placeCounts(roots, Object.keys(homes), (id) => homes[id], typeOf);

test("what lies in a part lies in the whole, once", () => {
  assert.equal(counts.get("村一").total, 1);
  assert.equal(counts.get("镇").total, 3); // two villages and the one scheme of both
  assert.equal(counts.get("县").total, 6);
  assert.deepEqual([...counts.get("县").byType], [["Place", 4], ["Other", 2]]);
});

test("a place that is its own home does not count itself", () => {
  assert.equal(placeCounts(roots, ["镇"], () => ["镇"], typeOf).get("镇").total, 0);
  assert.equal(placeCounts(roots, ["镇"], () => ["镇"], typeOf).get("县").total, 1);
});

test("rows stand under what is open, the fullest first", () => {
  const open = new Set(["县"]);
  const rows = openRows(roots, (id) => open.has(id), counts);
  assert.deepEqual(rows.map(({ id, level, place, of }) => [id, level, place, of]),
    [["县", 1, 1, 1], ["镇", 2, 1, 2], ["街道", 2, 2, 2]]);
});

test("arrow keys walk, open and close the tree", () => {
  const rows = openRows(roots, (id) => id === "县", counts);
  assert.deepEqual(keyInTree("ArrowDown", 0, rows), { to: "镇" });
  assert.deepEqual(keyInTree("ArrowUp", 0, rows), { to: "县" });
  assert.deepEqual(keyInTree("ArrowRight", 0, rows), { to: "镇" });
  assert.deepEqual(keyInTree("ArrowRight", 1, rows), { open: "镇" });
  assert.equal(keyInTree("ArrowRight", 2, rows), null);
  assert.deepEqual(keyInTree("ArrowLeft", 1, rows), { to: "县" });
  assert.deepEqual(keyInTree("ArrowLeft", 0, rows), { close: "县" });
  assert.deepEqual(keyInTree("End", 0, rows), { to: "街道" });
  assert.equal(keyInTree("x", 0, rows), null);
});
