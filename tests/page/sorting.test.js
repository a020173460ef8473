import assert from "node:assert/strict";
import { test } from "node:test";

import { sortedBy } from "../../kg/export/html/page/sorting.js";

const sort = (values, direction) => sortedBy(Object.keys(values), (id) => values[id], direction);

test("names stand as in a Chinese dictionary", () => {
  assert.deepEqual(sort({ a: "新塍镇", b: "白石镇", c: "青溪县" }), ["b", "c", "a"]);
});

test("quotation marks are no letters: “凉亭夜话” stands under liáng", () => {
  assert.deepEqual(sort({ a: "“凉亭夜话”", b: "白石镇", c: "《青溪县管理办法》" }), ["b", "a", "c"]);
});

test("numbers stand by size, not by digits", () => {
  assert.deepEqual(sort({ a: 10, b: 9, c: -1 }), ["c", "b", "a"]);
  assert.deepEqual(sort({ a: 10, b: 9, c: -1 }, "desc"), ["a", "b", "c"]);
});

test("what a row lacks comes last in both directions", () => {
  const times = { a: "", b: "2022-07", c: "2019", d: undefined };
  assert.deepEqual(sort(times), ["c", "b", "a", "d"]);
  assert.deepEqual(sort(times, "desc"), ["b", "c", "a", "d"]);
});

test("equal rows keep their order", () => {
  assert.deepEqual(sort({ z: "镇", y: "镇", x: "镇" }, "desc"), ["z", "y", "x"]);
});

test("a hundred thousand names are sorted in the time of a click", () => {
  const names = Array.from({ length: 100_000 }, (_, at) => `${"青白新柳松溪石塍"[at % 8]}${"镇村县"[at % 3]}${at % 5000}`);
  const start = performance.now();
  sortedBy(names.map((_, at) => at), (at) => names[at]);
  assert.ok(performance.now() - start < 3000);
});
