import assert from "node:assert/strict";
import test from "node:test";

import { createSearch, folded } from "../../kg/export/html/page/finding.js";

const readings = { 新: "xin", 塍: "cheng", 镇: "zhen", 重: "zhong chong", 庆: "qing", 市: "shi", 绿: "lv lu", 洲: "zhou", 村: "cun", 银: "yin", 行: "xing hang" };
const entities = new Map(
  [
    ["place/1", "新塍镇", ["新塍"]],
    ["place/2", "重庆市", []],
    ["place/3", "绿洲村", []],
    ["platform/1", "“浙里办”APP", ["浙里办"]],
    ["organization/1", "新塍镇银行", []],
  ].map(([id, label, aliases]) => [id, { id, label, aliases }]),
);
const find = (query) => createSearch(entities, readings, () => 0)(query).map(({ id }) => id);

test("characters: whole names first, then what they begin, then what they stand in", () => {
  assert.deepEqual(find("新塍镇"), ["place/1", "organization/1"]);
  assert.deepEqual(find("银行"), ["organization/1"]);
});

for (const [typed, id] of [
  ["xinchengzhen", "place/1"], ["xincheng", "place/1"], ["xcz", "place/1"], ["xinchz", "place/1"], ["新cz", "place/1"],
  ["chongqing", "place/2"], ["zhongqing", "place/2"], ["cq", "place/2"], ["lvzhou", "place/3"], ["luzhoucun", "place/3"], ["lzc", "place/3"],
  ["yinhang", "organization/1"], ["zhelibanapp", null], ["app", "platform/1"], ["ＡＰＰ", "platform/1"],
]) {
  test(`${typed} finds ${id}`, () => assert.equal(find(typed)[0] ?? null, id));
}

test("nothing typed finds nothing, and what no name sounds like finds nothing", () => {
  assert.deepEqual(find("  "), []);
  assert.deepEqual(find("xcx"), []);
});

test("a limit cuts the list and keeps the count", () => {
  const found = createSearch(entities, readings, () => 0)("新塍", 1);
  assert.deepEqual([found.length, found.total], [1, 2]);
});

test("names are compared without quotation marks, spaces and width", () => assert.equal(folded("“浙里 办”ＡＰＰ"), "浙里办app"));

test("what is found does not depend on what was typed before", () => {
  const search = createSearch(entities, readings, () => 0);
  for (const word of ["xinchengzhen", "新塍镇银行", "lvzhoucun", "新cz", "chongqing"]) {
    for (let end = 1; end <= word.length; end += 1) {
      const typed = word.slice(0, end);
      assert.deepEqual(search(typed, 2), createSearch(entities, readings, () => 0)(typed, 2), typed);
    }
    search("");
  }
});

test("of many only the best are put in order, by rank, then by links", () => {
  const many = new Map(Array.from({ length: 500 }, (_, n) => [`place/${n}`, { id: `place/${n}`, label: `新村${n}`, aliases: [] }]));
  const degree = (id) => (Number(id.slice(6)) * 37) % 500;
  const found = createSearch(many, readings, degree)("xin", 5);
  assert.deepEqual(found.map(({ id }) => degree(id)), [499, 498, 497, 496, 495]);
  assert.equal(found.total, 500);
});
