import assert from "node:assert/strict";
import { test } from "node:test";

import { datatypeOf, daysOf, periodAfter, periodOf, periodsBetween } from "../../kg/export/html/page/calendar.js";

test("the days that a value covers", () => {
  assert.deepEqual(daysOf("2022"), ["2022-01-01", "2022-12-31"]);
  assert.deepEqual(daysOf("2022-07"), ["2022-07-01", "2022-07-31"]);
  assert.deepEqual(daysOf("2024-02"), ["2024-02-01", "2024-02-29"]);
  assert.deepEqual(daysOf("2023-02"), ["2023-02-01", "2023-02-28"]);
  assert.deepEqual(daysOf("2022-07-16"), ["2022-07-16", "2022-07-16"]);
  assert.deepEqual(daysOf("2022-01/2022-06"), ["2022-01-01", "2022-06-30"]);
});

test("what is no value has no days", () => {
  for (const value of ["", "去年", "2022-13", "2022-02-30", "2023-01/2022-01", "2022/", "0000", "20220-1", "2022-7", "2022/2023/2024"]) {
    assert.equal(daysOf(value), null, value);
  }
});

test("the type of a value is as precise as the value", () => {
  assert.deepEqual(["2016", "2021-05", "2024-02-18", "2022-01/2022-06", "2024-02-30"].map(datatypeOf),
    ["gYear", "gYearMonth", "date", "", ""]);
});

test("periods follow each other over the turn of a year", () => {
  assert.equal(periodOf("2022-07-16", "month"), "2022-07");
  assert.equal(periodOf("2022-07-16", "year"), "2022");
  assert.equal(periodAfter("2022-12", "month"), "2023-01");
  assert.equal(periodAfter("2022-03", "month", -3), "2021-12");
  assert.deepEqual(periodsBetween("2021-11", "2022-02", "month"), ["2021-11", "2021-12", "2022-01", "2022-02"]);
  assert.deepEqual(periodsBetween("2019", "2021", "year"), ["2019", "2020", "2021"]);
  assert.deepEqual(periodsBetween("2022", "2021", "year"), []);
});
