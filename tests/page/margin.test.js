import assert from "node:assert/strict";
import { test } from "node:test";

import { notesOf, paragraphsOf, passagesIn, statementsByArticle } from "../../kg/export/html/page/margin.js";

const text = Array.from("标题\n\n甲镇办夜话。\n乙村参加夜话。");
const passages = [["a", 4, 10], ["a", 11, 18], ["b", 0, 3]];
const statements = new Map([
  ["s/1", { id: "s/1", passages: [1, 0, 2], articles: ["a", "b"] }],
  ["s/2", { id: "s/2", passages: [1], articles: ["a"] }],
  ["s/3", { id: "s/3", passages: [], articles: [] }],
]);
const model = { statements, passage: (number) => passages[number] };

test("paragraphs are the lines that say something", () => {
  assert.deepEqual(paragraphsOf(text), [[0, 2], [4, 10], [11, 18]]);
  assert.deepEqual(paragraphsOf([]), []);
});

test("an article knows what it states", () => {
  assert.deepEqual([...statementsByArticle(model)], [["a", ["s/1", "s/2"]], ["b", ["s/1"]]]);
});

test("a statement's passages in one article stand in the order of the text", () => {
  assert.deepEqual(passagesIn("a", statements.get("s/1"), model), [[4, 10], [11, 18]]);
});

test("a statement is noted once, at the first paragraph that it rests on", () => {
  assert.deepEqual(notesOf(paragraphsOf(text), "a", ["s/1", "s/2"], model).map((notes) => notes.map(({ id }) => id)), [[], ["s/1"], ["s/2"]]);
});
