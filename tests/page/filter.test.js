import assert from "node:assert/strict";
import test from "node:test";

import { createFilter } from "../../kg/export/html/page/filter.js";
import { INITIAL } from "../../kg/export/html/page/state.js";
import { sampleModel } from "./sample.js";

const model = sampleModel();
const filter = createFilter(model);
const under = (facets) => filter({ ...INITIAL.filter, ...facets });
const names = (ids) => [...ids].map((id) => id.split("/")[1]).sort().join("");

test("without a filter all stay but people who only sign", () => {
  const { entities, statements, counts } = under({});
  assert.equal(entities.size, 5);
  assert.equal(statements.size, 6);
  assert.equal(counts.bylines, 1);
  assert.equal(under({ bylines: true }).entities.size, 6);
});

test("a hidden type takes its statements along, and its count stays", () => {
  const { entities, statements, counts } = under({ types: ["Place"] });
  assert.equal(names(entities), "县村镇");
  assert.deepEqual([...statements], ["s/1", "s/6"]);
  assert.equal(counts.types.get("Programme"), 1);
});

test("a predicate leaves the entities of which it is told", () => {
  const { entities, counts } = under({ predicates: ["participatesIn"] });
  assert.equal(names(entities), "夜话村");
  assert.equal(counts.predicates.get("within"), 2);
  assert.equal(counts.types.get("Programme"), 1);
});

test("hiding a type does not hide the other ends of its statements", () => {
  assert.equal(names(under({ predicates: ["participatesIn"], types: ["Place"] }).entities), "村");
});

test("a place stands for everything inside it", () => {
  assert.equal(names(under({ place: "place/镇" }).entities), "厂夜话村镇");
  assert.equal(names(under({ place: "place/村" }).entities), "村");
  assert.equal(under({ place: "place/村" }).counts.places.get("place/县"), 5);
});

test("an article leaves what it names and states", () => {
  const { entities, statements } = under({ article: "article/1" });
  assert.equal(names(entities), "夜话镇");
  assert.deepEqual([...statements], ["s/2", "s/4"]);
});

for (const [from, to, kept] of [
  ["2022-07", "", "s/2 s/3"],
  ["2022-08", "2022-08", "s/3"],
  ["", "2021", "s/4 s/5"],
  ["2021-06", "2021-07", "s/5"],
]) {
  test(`of ${from || "the beginning"} to ${to || "the end"} it keeps ${kept}`, () => assert.equal([...under({ from, to }).statements].join(" "), kept));
}

test("figures count as a predicate of their own", () => {
  assert.equal(under({}).counts.predicates.get("Observation"), 1);
  assert.deepEqual([...under({ predicates: ["Observation"] }).statements], ["s/5"]);
});

test("years are counted by when a statement begins to hold", () => {
  assert.deepEqual([...under({ from: "2022" }).counts.years].sort(), [["2019", 1], ["2021", 1], ["2022", 2]]);
});

test("only surer statements", () => assert.equal([...under({ confidence: 0.95 }).statements].join(" "), "s/1 s/6"));
