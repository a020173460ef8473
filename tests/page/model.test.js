import assert from "node:assert/strict";
import test from "node:test";

import { restored } from "../../kg/export/html/page/load.js";
import { createModel, sentenceAround } from "../../kg/export/html/page/model.js";

const TEXT = "𠮷报\n白石镇办夜话。松坪村参加夜话。";

/** Data as the page holds them: three places, a programme, three statements, an article. */
function data() {
  const core = {
    types: ["Place", "Programme"],
    labels: {},
    readings: {},
    words: ["Place", "County", "Programme", "", "within", "implements", "participatesIn", "gazetteer", "relation.x", "青溪日报", "started"],
    entities: {
      plain: { id: ["place/县", "place/村", "place/镇", "programme/夜话"], label: ["青溪县", "松坪村", "白石镇", "夜话"], aliases: [[], [], [], []] },
      entity: { home: ["", 2, 0, 2] },
      word: { type: [0, 0, 0, 2], kind: [1, 3, 3, 3] },
    },
    statements: {
      relation: {
        plain: { id: ["s/1", "s/2", "s/3", "s/4"], passages: [[], [0], [1], [0]], confidence: [1, 0.9, 0.8, 0.9] },
        entity: { s: [2, 2, 1, 3], o: [0, 3, 3, "organization/不在"] },
        word: { p: [4, 5, 6, 5], status: [3, 3, 3, 3], rules: [[7], [8], [8], [8]] },
      },
      date: { plain: { id: ["s/0"], value: ["2019-03"], passages: [[0]], confidence: [1] }, entity: { s: [3] }, word: { p: [10], rules: [[8]] } },
    },
    passages: { id: ["p/0", "p/1"], article: [0, 0], start: [3, 10], end: [10, 18] },
    articles: { plain: { id: ["article/1"], published: ["2022-07"], block: [0], length: [18] }, entity: { authors: [[]] }, word: { newspaper: [9] } },
    named: [[1, 1, 3, 2]],
  };
  return { ...restored(core), block: async () => [[TEXT, 3, 6, 2, 10, 13, 1]] };
}

test("statements name entities, words and articles", () => {
  const model = createModel(data());
  const { s, p, o, articles, from, to } = model.statements.get("s/2");
  assert.deepEqual([s, p, o, articles, from, to], ["place/镇", "implements", "programme/夜话", ["article/1"], "2022-07-01", "2022-07-31"]);
  assert.deepEqual(model.about("programme/夜话"), ["s/0", "s/2", "s/3", "s/4"]);
});

test("a dated statement is told for its own time, not for the day of print", () => {
  assert.equal(createModel(data()).statements.get("s/0").from, "2019-03-01");
});

test("two entities share one edge; an end that is no entity makes none", () => {
  const model = createModel(data());
  assert.deepEqual([...model.edges.values()].map(({ id, arrows }) => [id, arrows]), [
    ["place/县 place/镇", "from"], ["place/镇 programme/夜话", "to"], ["place/村 programme/夜话", "to"],
  ]);
  assert.deepEqual([...model.neighbours("programme/夜话")], ["place/镇", "place/村"]);
});

test("a place holds what lies inside it, at every depth", () => {
  const model = createModel(data());
  assert.deepEqual([...model.within("place/县")], ["place/县", "place/镇", "place/村", "programme/夜话"]);
  assert.deepEqual(model.placesOf("programme/夜话"), ["place/镇", "place/县"]);
  assert.deepEqual(model.placeTree, [{ id: "place/县", children: [{ id: "place/镇", children: [{ id: "place/村", children: [] }] }] }]);
});

test("an article is read with its text as characters and its mentions", async () => {
  const article = await createModel(data()).article("article/1");
  assert.equal(article.text.slice(3, 6).join(""), "白石镇".slice(0, 3));
  assert.deepEqual(article.mentions, [[3, 6, "place/镇"], [10, 13, "place/村"]]);
  assert.equal(article.newspaper, "青溪日报");
});

test("what an article names is known without its text", () => {
  const model = createModel(data());
  assert.deepEqual(model.namedIn("article/1"), ["place/村", "programme/夜话"]);
  assert.deepEqual(model.seenIn("programme/夜话"), [["article/1", 2]]);
});

test("a passage is widened to its sentence", () => {
  const characters = Array.from(TEXT);
  const [from, to] = sentenceAround(characters, 12, 13);
  assert.equal(characters.slice(from, to).join(""), "松坪村参加夜话。");
});
