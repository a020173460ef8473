import assert from "node:assert/strict";
import test from "node:test";

import { createStore, fromHash, INITIAL, toHash } from "../../kg/export/html/page/state.js";

test("what is set can be undone and done again", () => {
  const store = createStore(INITIAL);
  store.set({ depth: 2 });
  store.set({ view: "timeline" });
  store.undo();
  assert.deepEqual([store.get().view, store.get().depth, store.canRedo()], ["graph", 2, true]);
  store.undo();
  assert.equal(store.canUndo(), false);
  store.redo();
  store.redo();
  assert.deepEqual([store.get().view, store.get().depth, store.canRedo()], ["timeline", 2, false]);
});

test("what replaces is not undone, and what changes nothing is not told", () => {
  const store = createStore(INITIAL);
  let told = 0;
  store.subscribe(() => { told += 1; });
  store.set({ depth: 1 });
  store.set({ depth: 2 }, { replace: true });
  assert.deepEqual([told, store.canUndo()], [1, false]);
});

test("listeners hear what changed", () => {
  const store = createStore(INITIAL);
  let heard = null;
  store.subscribe((state, changed) => { heard = [...changed]; });
  store.set({ depth: 2, view: "graph" });
  assert.deepEqual(heard, ["depth"]);
});

test("the page as it opens has no fragment", () => assert.equal(toHash(INITIAL), ""));

test("a fragment can be read by people", () => {
  const state = { ...INITIAL, view: "timeline", chosen: { kind: "entity", id: "place/330411104" }, filter: { ...INITIAL.filter, types: ["Programme", "Platform"], from: "2022-01" } };
  assert.equal(toHash(state), "#view=timeline&chosen=entity,place/330411104&types=Programme,Platform&from=2022-01");
});

for (const [what, patch] of Object.entries({
  "a name with commas and Chinese": { chosen: { kind: "entity", id: "programme/甲,乙&丙=丁" } },
  "an edge": { chosen: { kind: "edge", id: "place/1 place/2" } },
  "a scene": { scene: { kind: "around", ids: ["place/1", "place/2"] } },
  "a path": { path: ["place/1", "place/2"] },
  "nothing of a type": { filter: { ...INITIAL.filter, types: [] } },
  "every facet": { filter: { types: ["Place"], predicates: ["within"], place: "place/1", article: "article/1", from: "2020", to: "2021-02-03", confidence: 0.7, bylines: true, text: "新 塍" } },
  "hidden, expanded and pinned": { hidden: ["a"], expanded: ["b", "c"], pinned: { d: [1, -2] } },
  "tables and figures": { sort: { entities: ["degree", "desc"] }, compare: { indicator: "产值/元", time: "2022-01/2022-06" } },
  "how time is shown": { view: "timeline", timeline: { unit: "month", reported: true } },
  "figures without a time": { compare: { time: "" } },
})) {
  test(`a fragment brings back ${what}`, () => {
    const state = { ...INITIAL, ...patch };
    assert.deepEqual(fromHash(toHash(state)), state);
  });
}

for (const hash of ["#view=%3Cscript%3E", "#chosen=evil,x", "#chosen=entity", "#scene=__proto__", "#from=yesterday", "#confidence=NaN", "#x=%E0%A4%A", "#__proto__=1", "#pinned=a,b,c", "#sort=entities,a,up"]) {
  test(`${hash} changes nothing`, () => assert.deepEqual(fromHash(hash), INITIAL));
}
