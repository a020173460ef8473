import assert from "node:assert/strict";
import test from "node:test";

import { daysOf } from "../../kg/export/html/page/times.js";

for (const [iso, days] of [
  ["2016", ["2016-01-01", "2016-12-31"]],
  ["2024-02", ["2024-02-01", "2024-02-29"]],
  ["2023-02", ["2023-02-01", "2023-02-28"]],
  ["2022-07-16", ["2022-07-16", "2022-07-16"]],
  ["2022-01/2022-06", ["2022-01-01", "2022-06-30"]],
  ["2022/2021", null],
  ["不详", null],
  ["", null],
]) {
  test(`${iso || "nothing"} lasts ${days ? days.join(" to ") : "no known days"}`, () => assert.deepEqual(daysOf(iso), days));
}
