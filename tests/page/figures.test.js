import assert from "node:assert/strict";
import { test } from "node:test";

import { barsOf, indicatorsOf, ticksOf, timesOf } from "../../kg/export/html/page/figures.js";

const figure = (s, indicator, value, unit, time = "") => ({ id: `${s}${value}${time}`, s, indicator, value, unit, time });
const figures = [
  figure("甲镇", "产值", "327000000", "元", "2021"), figure("甲镇", "产值", "400000000", "元", "2022"),
  figure("乙镇", "产值", "120000000", "元", "2022"), figure("丙镇", "产值", "24.5", "%", "2022"),
  figure("乙镇", "人口", "3000", "人"),
];

test("one indicator in two units is two comparisons, the one of most bodies first", () => {
  const groups = indicatorsOf(figures);
  assert.deepEqual(groups.map(({ indicator, unit, bodies }) => [indicator, unit, bodies]),
    [["产值", "元", 2], ["产值", "%", 1], ["人口", "人", 1]]);
});

test("an indicator cannot pose as another with the unit in its name", () => {
  assert.equal(indicatorsOf([figure("a", "产值元", "1", ""), figure("b", "产值", "1", "元")]).length, 2);
});

test("each body has one bar, of its latest figure; the others are told", () => {
  const bars = barsOf(indicatorsOf(figures)[0].figures);
  assert.deepEqual(bars.map(({ id, figure: { value, time }, others }) => [id, value, time, others.length]),
    [["甲镇", "400000000", "2022", 1], ["乙镇", "120000000", "2022", 0]]);
  assert.deepEqual(bars.map(({ share }) => share), [1, 0.3]);
});

test("at a chosen time only what is stated for it is drawn", () => {
  const { figures: output } = indicatorsOf(figures)[0];
  assert.deepEqual(timesOf(output), ["2022", "2021"]);
  assert.deepEqual(barsOf(output, "2021").map(({ id }) => id), ["甲镇"]);
});

test("a fall is drawn to the other side of zero", () => {
  assert.deepEqual(barsOf([figure("a", "增长", "-5", "%"), figure("b", "增长", "10", "%")]).map(({ share }) => share), [1, -0.5]);
});

test("the axis begins at zero and has round numbers", () => {
  assert.deepEqual(ticksOf([400, 120]), [0, 100, 200, 300, 400]);
  assert.deepEqual(ticksOf([0.3, 0.27]), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(ticksOf([-5, 10]), [-5, 0, 5, 10]);
  assert.deepEqual(ticksOf([0]), [0]);
  assert.deepEqual(ticksOf([]), [0]);
});
