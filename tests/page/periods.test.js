import assert from "node:assert/strict";
import { test } from "node:test";

import { columnsOf, isInside, stretchOf, unitFor } from "../../kg/export/html/page/periods.js";

const at = (from, type = "Place", to = from) => ({ from, to, type });
const typeOf = ({ type }) => type;

test("a few years are shown by month, more by year; one early date does not decide", () => {
  assert.equal(unitFor(["2022-01-01", "2022-12-31"]), "month");
  assert.equal(unitFor(["2016-01-01", "2022-12-31"]), "year");
  assert.equal(unitFor(["1912-01-01", ...Array(20).fill("2022-01-01")]), "month");
});

test("statements are counted by period and type, with no gap in time", () => {
  const { unit, columns, most, undated } = columnsOf([at("2022-05-03"), at("2022-05-09", "Person"), at("2022-07-01"), at("")], typeOf);
  assert.equal(unit, "month");
  assert.deepEqual(columns.map(({ period, total }) => [period, total]), [["2022-05", 2], ["2022-06", 0], ["2022-07", 1]]);
  assert.deepEqual([...columns[0].byType], [["Place", 1], ["Person", 1]]);
  assert.equal(most, 2);
  assert.equal(undated, 1);
});

test("the unit can be chosen", () => {
  assert.deepEqual(columnsOf([at("2021-05-03"), at("2022-05-09")], typeOf, "year").columns.map(({ period }) => period), ["2021", "2022"]);
});

test("what is told of a whole year lies in no month", () => {
  const year = at("2022-01-01", "Place", "2022-12-31");
  const { columns, wide } = columnsOf([year, at("2022-07-16")], typeOf, "month");
  assert.deepEqual(columns.map(({ period, total }) => [period, total]), [["2022-07", 1]]);
  assert.equal(wide, 1);
  assert.equal(columnsOf([year], typeOf, "year").columns[0].total, 1);
});

test("one early date does not make a century of empty months", () => {
  const { columns, outside } = columnsOf([at("1912-01-01"), at("2022-05-03"), at("2022-06-03")], typeOf, "month");
  assert.deepEqual(columns.map(({ period }) => period), ["2022-05", "2022-06"]);
  assert.equal(outside, 1);
});

test("nothing dated is no column", () => {
  assert.deepEqual(columnsOf([at("")], typeOf).columns, []);
  assert.deepEqual(columnsOf([], typeOf).columns, []);
});

test("a stretch is the same drawn from either end", () => {
  assert.deepEqual(stretchOf("2022-07", "2022-05"), { from: "2022-05", to: "2022-07" });
});

test("a period lies in a stretch if a day of it does, whatever the units", () => {
  assert.ok(isInside("2022", { from: "2022-07", to: "2022-08" }));
  assert.ok(isInside("2022-07", { from: "2022", to: "2022" }));
  assert.ok(isInside("2022-07", { from: "2022-07-16", to: "" }));
  assert.ok(!isInside("2022-08", { from: "2022-05", to: "2022-07" }));
  assert.ok(!isInside("2021", { from: "2022-01", to: "" }));
  assert.ok(isInside("2021", { from: "", to: "" }));
});
