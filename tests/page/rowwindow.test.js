import assert from "node:assert/strict";
import { test } from "node:test";

import { TALLEST, rowWindow, scrollTo } from "../../kg/export/html/page/rowwindow.js";

const table = { scrolled: 0, seen: 600, rowHeight: 30, count: 100_000 };

test("only what can be seen is drawn, with some rows around", () => {
  const { first, last, top, height } = rowWindow({ ...table, scrolled: 3000 });
  assert.ok(first <= 100 && last >= 120 && last - first < 60);
  assert.equal(top, first * 30);
  assert.equal(height, 3_000_000);
});

test("a short table is drawn whole, an empty one not at all", () => {
  assert.deepEqual(rowWindow({ ...table, count: 3 }), { first: 0, last: 3, top: 0, height: 90 });
  assert.deepEqual(rowWindow({ ...table, count: 0 }), { first: 0, last: 0, top: 0, height: 0 });
});

test("a table taller than a browser can scroll still ends with its last row, at the bottom of what is seen", () => {
  const long = { ...table, count: 1_000_000 };
  const { first, last, top, height } = rowWindow({ ...long, scrolled: TALLEST - 600 });
  assert.equal(last, 1_000_000);
  assert.equal(height, TALLEST);
  assert.equal(top + (last - first) * 30, TALLEST);
});

test("every row of a very long table can be scrolled to", () => {
  const long = { ...table, count: 1_000_000 };
  for (const row of [0, 1, 499_999, 700_001, 999_999]) {
    const scrolled = scrollTo(row, { ...long, scrolled: row < 500_000 ? TALLEST : 0 }) ?? (row < 500_000 ? TALLEST : 0);
    const { first, last } = rowWindow({ ...long, scrolled });
    assert.ok(first <= row && row < last, `${row}: ${first}–${last}`);
  }
});

test("a row that is seen is not scrolled to", () => {
  assert.equal(scrollTo(5, table), null);
  assert.equal(scrollTo(5, { ...table, count: 10 }), null);
});
