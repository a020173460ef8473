import assert from "node:assert/strict";
import { test } from "node:test";

import { linesOf, placeNames } from "../../kg/export/html/page/names.js";

const measure = ({ text, size }) => text.length * size;
const grid = (columns, rows, gap) => Array.from({ length: columns * rows }, (_, at) => ({
  id: `n${at}`, label: `第${at}号村民委员会`, x: (at % columns) * gap, y: Math.floor(at / columns) * gap, r: 5, links: 1,
}));
const cross = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function assertApart(names) {
  for (const [at, { box, text }] of names.entries()) {
    for (const other of names.slice(at + 1)) assert.ok(!cross(box, other.box), `${text} lies on ${other.text}`);
  }
}

test("no name lies on another, however close the marks stand", () => {
  for (const gap of [8, 20, 45, 120, 400]) {
    const names = placeNames({ width: 1000, height: 700, nodes: grid(20, 20, gap) }, measure);
    assert.ok(names.length > 0);
    assertApart(names);
  }
});

test("no name of a small mark lies on a mark", () => {
  const nodes = grid(12, 12, 50);
  for (const { box, id } of placeNames({ width: 1000, height: 700, nodes }, measure)) {
    for (const { x, y, r, id: other } of nodes) {
      assert.ok(id === other || !cross(box, { left: x - r, right: x + r, top: y - r, bottom: y + r }));
    }
  }
});

test("more names appear as one comes nearer", () => {
  const shown = [15, 60, 140].map((gap) => placeNames({ width: 3000, height: 3000, nodes: grid(15, 15, gap) }, measure).length);
  assert.ok(shown[0] < shown[1] && shown[1] < shown[2], String(shown));
});

test("the first in the list have the room, and what must come first comes before them", () => {
  const [a, b] = [{ id: "a", label: "白石镇", x: 60, y: 20, r: 6, links: 3 }, { id: "b", label: "青溪县", x: 63, y: 21, r: 6, links: 1 }];
  const view = { width: 130, height: 48 };
  assert.equal(placeNames({ ...view, nodes: [a, b] }, measure)[0].text, "白石镇");
  assert.equal(placeNames({ ...view, nodes: [a, { ...b, first: true }] }, measure)[0].text, "青溪县");
});

test("a hub has its name even where small marks leave no place", () => {
  const hub = { id: "hub", label: "青溪县", x: 300, y: 300, r: 20, links: 20 };
  const crowd = grid(40, 40, 15);
  const names = placeNames({ width: 600, height: 600, nodes: [hub, ...crowd] }, measure);
  assert.equal(names[0].text, "青溪县");
});

test("a cluster has its name in it, with how many it holds", () => {
  const cluster = { id: "c", cluster: "c", label: "利泉县", count: 213, x: 200, y: 150, r: 60, links: 1 };
  const [name, count] = placeNames({ width: 400, height: 300, nodes: [cluster] }, measure);
  assert.deepEqual([name.text, name.x, count.text, count.x], ["利泉县", 200, "213", 200]);
  assert.ok(name.y > 110 && count.y > name.y && count.y < 190);
  assertApart([name, count]);
});

test("a small disc rather has the beginning of a name in it than a number", () => {
  const cluster = { id: "c", cluster: "c", label: "数字平台：小程序、在线等", count: 27, x: 200, y: 150, r: 17, links: 1 };
  const names = placeNames({ width: 230, height: 180, nodes: [cluster] }, measure);
  assert.deepEqual(names.map(({ text }) => text), ["数字", "平台"]);
});

test("a place that is a part of the map is not named a second time by its mark", () => {
  const mark = { id: "p", label: "青溪县", x: 300, y: 100, r: 6, links: 9 };
  const view = { width: 600, height: 300, nodes: [mark], regions: [{ label: "青溪县", x: 150, y: 150 }] };
  assert.deepEqual(placeNames(view, measure).map(({ text }) => text), ["青溪县"]);
});

test("what is chosen has its name on whatever marks there are, but not on a name", () => {
  const crowd = grid(40, 40, 15).map((mark) => ({ ...mark, links: 9 }));
  const chosen = { id: "chosen", label: "白石镇", x: 300, y: 300, r: 9, links: 1, first: true, marked: true };
  const names = placeNames({ width: 600, height: 600, nodes: [chosen, ...crowd] }, measure);
  assert.equal(names[0].text, "白石镇");
  assertApart(names);
});

test("words on a line stand on it, away from names", () => {
  const nodes = grid(2, 1, 300).map((node) => ({ ...node, x: node.x + 100, y: 200 }));
  const names = placeNames({ width: 600, height: 400, nodes, lines: [{ text: "位于", x1: 100, y1: 200, x2: 400, y2: 200 }] }, measure);
  assertApart(names);
  const word = names.find(({ text }) => text === "位于");
  assert.deepEqual([word.x, word.y, word.tone], [250, 200, "accent"]);
});

test("a name of ten thousand characters is cut, one of none is not set", () => {
  const long = { id: "a", label: "长".repeat(10_000), x: 100, y: 100, r: 5, links: 1 };
  assert.equal(placeNames({ width: 400, height: 300, nodes: [long] }, measure)[0].text.length, 13);
  assert.deepEqual(placeNames({ width: 400, height: 300, nodes: [{ ...long, label: "\u202e" }] }, measure), []);
});

test("three thousand marks in view are named within some frames", () => {
  const nodes = grid(60, 50, 12);
  const start = performance.now();
  assertApart(placeNames({ width: 1200, height: 750, nodes }, measure));
  assert.ok(performance.now() - start < 800, "20 ms on a machine that does nothing else");
});

test("a long name of a cluster is broken into lines that lie in its disc", () => {
  const cluster = { id: "c", cluster: "c", label: "服务对象：体验游客、居民等", count: 10, x: 200, y: 150, r: 60, links: 1 };
  const names = placeNames({ width: 400, height: 300, nodes: [cluster] }, measure);
  assert.deepEqual(names.map(({ text }) => text), ["服务对象：", "体验游客、", "居民等", "10"].slice(0, names.length));
  for (const { box } of names) assert.ok(box.left > 140 && box.right < 260 && box.top > 90 && box.bottom < 210);
  assertApart(names);
});

for (const [text, width, most, lines] of [
  ["浙江省", 100, 3, ["浙江省"]],
  ["新疆维吾尔自治区", 40, 3, ["新疆维吾", "尔自治区"]],
  ["内蒙古自治区", 50, 3, ["内蒙古", "自治区"]],
  ["政策文件：《刚察县帐篷议事规则》", 60, 2, ["政策文件：", "《刚察县帐…"]],
  ["浙江省", 5, 3, []],
  ["project", 50, 3, []],
  ["product: 金园贷", 90, 3, ["product: ", "金园贷"]],
]) {
  test(`${text} in lines of ${width}`, () => assert.deepEqual(linesOf(text, width, most, (part) => 10 * Array.from(part).length), lines));
}

test("the name of a part of the map stands in its middle, on whatever marks lie there, but on no name", () => {
  const nodes = grid(20, 20, 15).map((node) => ({ ...node, links: 9 }));
  const regions = [{ label: "青溪县", x: 150, y: 150 }, { label: "白石镇", x: 160, y: 152 }];
  const names = placeNames({ width: 400, height: 400, nodes, regions }, measure);
  assert.deepEqual([names[0].text, names[0].x, names[0].y], ["青溪县", 150, 150]);
  assert.ok(names.every(({ text }) => text !== "白石镇"));
  assertApart(names);
});
