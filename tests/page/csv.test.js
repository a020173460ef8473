import assert from "node:assert/strict";
import { test } from "node:test";

import { cellOf, csvOf } from "../../kg/export/html/page/csv.js";

test("a table begins with a byte order mark, its lines end in CR LF", () => {
  assert.equal(csvOf(["名称", "类型"], [["新塍镇", "地方"], ["", null]]), "\ufeff名称,类型\r\n新塍镇,地方\r\n,\r\n");
});

test("commas, quotation marks and line breaks stand in quotation marks", () => {
  assert.equal(cellOf('他说"好",走了'), '"他说""好"",走了"');
  assert.equal(cellOf("一\n二"), '"一\n二"');
});

test("what would run as a formula is only text", () => {
  for (const text of ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "＠SUM", "\t=1+1", " =1+1", "\u200b=1", "\u202e=1"]) {
    assert.match(cellOf(text), /^"?'/, text);
  }
});

test("numbers stay numbers", () => {
  for (const number of ["-5.2", "24.5", "257300000000", "+3"]) assert.equal(cellOf(number), number);
  assert.equal(cellOf(0.9), "0.9");
});
