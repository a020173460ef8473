import assert from "node:assert/strict";
import { test } from "node:test";

import { columnsOf, stretchOf, unitFor } from "../../kg/export/html/page/periods.js";

const at = (from, type = "Place") => ({ from, to: from, type });
const typeOf = ({ type }) => type;

test("a few years are shown by month, more by year", () => {
  assert.equal(unitFor("2022-01-01", "2022-12-31"), "month");
  assert.equal(unitFor("2016-01-01", "2022-12-31"), "year");
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

test("one early date does not make a century of empty months", () => {
  const { columns, outside } = columnsOf([at("1912-01-01"), at("2022-05-03"), at("2022-06-03")], typeOf, "month");
  assert.deepEqual(columns.map(({ period }) => period), ["2022-05", "2022-06"]);
  assert.equal(outside, 1);
});

test("nothing dated is no column", () => {
  assert.deepEqual(columnsOf([at("")], typeOf).columns, []);
});

test("a stretch is the same drawn from either end", () => {
  assert.deepEqual(stretchOf("2022-07", "2022-05"), { from: "2022-05", to: "2022-07" });
});
