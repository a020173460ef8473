import assert from "node:assert/strict";
import test from "node:test";

import { around, shortestPath } from "../../kg/export/html/page/paths.js";
import { sampleModel } from "./sample.js";

const model = sampleModel();

test("one step and two", () => {
  assert.deepEqual([...around(model, ["place/县"], 1)], ["place/县", "place/镇"]);
  assert.deepEqual([...around(model, ["place/县"], 2)].length, 4);
});

test("the shortest way, and none", () => {
  assert.deepEqual(shortestPath(model, "place/县", "programme/夜话"), ["place/县", "place/镇", "programme/夜话"]);
  assert.deepEqual(shortestPath(model, "place/县", "place/县"), ["place/县"]);
  assert.equal(shortestPath(model, "place/县", "organization/厂"), null);
});

test("what is hidden is not walked through", () => {
  assert.deepEqual(shortestPath(model, "place/镇", "place/村", (id) => id !== "programme/夜话"), ["place/镇", "place/村"]);
  assert.equal(shortestPath(model, "place/县", "programme/夜话", (id) => id !== "place/镇"), null);
});
