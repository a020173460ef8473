import assert from "node:assert/strict";
import test from "node:test";

import { knownIn } from "../../kg/export/html/page/known.js";
import { INITIAL } from "../../kg/export/html/page/state.js";
import { sampleModel } from "./sample.js";

const model = sampleModel();

test("what the graph holds is kept", () => {
  const state = {
    ...INITIAL, scene: { kind: "around", ids: ["place/镇"] }, chosen: { kind: "statement", id: "s/1" }, path: ["place/镇", "place/村"],
    filter: { ...INITIAL.filter, place: "place/县", article: "article/1" }, hidden: ["place/村"], pinned: { "place/县": [1, 2] },
  };
  assert.deepEqual(knownIn(model, state), state);
});

test("what it does not hold is as if it had not been said", () => {
  const strange = {
    ...INITIAL, scene: { kind: "around", ids: ["x"] }, chosen: { kind: "entity", id: "x" }, path: ["x", "place/镇"],
    filter: { ...INITIAL.filter, place: "x", article: "x" }, expanded: ["x"], hidden: ["x"], pinned: { x: [1, 2] },
  };
  assert.deepEqual(knownIn(model, strange), INITIAL);
  assert.deepEqual(knownIn(model, { ...INITIAL, chosen: { kind: "cluster", id: "x" }, scene: { kind: "cluster", ids: ["x"] } }), INITIAL);
});
