import assert from "node:assert/strict";
import { test } from "node:test";

import { createHoldings } from "../../kg/export/html/page/holdings.js";
import { createModel, refill } from "../../kg/export/html/page/model.js";

const HEAD = { types: ["Place", "Programme"], labels: {}, base: "https://example.org/", picture: { nodes: [] }, opening: null };
const entity = (id, more = {}) => ({ id, label: id, type: "Place", kind: "", aliases: [], code: "", home: "", byline: 0, ...more });

/** Write an answer of the store: entities, statements [id, s, p, o, passages], passages [article, start, end], articles. */
function answer(entities, statements = [], passages = [], articles = [], named = articles.map(() => [])) {
  const columns = (rows) => Object.fromEntries(Object.keys(rows[0] ?? {}).map((key) => [key, rows.map((row) => row[key])]));
  const relations = statements.map(([id, s, p, o, cited = []]) => ({ id, s, p, o, status: "", passages: cited, rules: [], confidence: 1 }));
  return {
    entities: { plain: columns(entities), entity: {}, word: {} },
    statements: relations.length ? { relation: { plain: columns(relations), entity: {}, word: {} } } : {},
    passages: { id: {}, article: passages.map(([article]) => article), start: passages.map(([, start]) => start), end: passages.map(([, , end]) => end) },
    articles: { plain: columns(articles.map((id) => ({ id, headline: id, published: "", authors: [], photographers: [], length: 0, block: 0 }))), entity: {}, word: {} },
    named,
    readings: {},
    words: [],
  };
}

test("what comes twice is held once, and passages keep their place in their article", () => {
  const holdings = createHoldings(HEAD);
  holdings.add(answer([entity("place/1"), entity("place/2")], [["s1", "place/1", "within", "place/2", [0]]], [[0, 3, 5]], ["article/b"]));
  holdings.add(answer([entity("place/2"), entity("place/3")], [["s1", "place/1", "within", "place/2", [1]], ["s2", "place/3", "within", "place/2", [0]]],
    [[0, 1, 2], [1, 3, 5]], ["article/a", "article/b"]));
  const model = createModel(holdings.data());
  assert.deepEqual([...model.entities.keys()], ["place/1", "place/2", "place/3"]);
  assert.deepEqual(model.about("place/2"), ["s1", "s2"]);
  assert.deepEqual(model.passage(model.statements.get("s1").passages[0]), ["article/b", 3, 5]);
  assert.deepEqual(model.passage(model.statements.get("s2").passages[0]), ["article/a", 1, 2]);
});

test("a model that is filled anew tells of the new to whoever holds it", () => {
  const holdings = createHoldings(HEAD);
  holdings.add(answer([entity("place/1")]));
  const model = createModel(holdings.data());
  holdings.add(answer([entity("place/1"), entity("place/2")], [["s", "place/2", "within", "place/1"]]));
  assert.equal(refill(model, holdings.data()), model);
  assert.deepEqual([...model.neighbours("place/1")], ["place/2"]);
});

test("answers that put two places inside each other make no circle", () => {
  const holdings = createHoldings(HEAD);
  holdings.add(answer([entity("place/1", { home: "place/2" }), entity("place/2")]));
  holdings.add(answer([entity("place/2", { home: "place/1" }), entity("place/1")]));
  assert.deepEqual(createModel(holdings.data()).placesOf("place/1"), ["place/2"]);
});

test("who is told of anywhere is no mere byline; how often an article names someone may come later", () => {
  const holdings = createHoldings(HEAD);
  holdings.add(answer([entity("person/1", { byline: 1 })], [], [], ["article/a"], [["person/1", 0]]));
  holdings.add(answer([entity("person/1")], [], [], ["article/a"], [["person/1", 3]]));
  const model = createModel(holdings.data());
  assert.equal(model.entities.get("person/1").byline, 0);
  assert.deepEqual(model.seenIn("person/1"), [["article/a", 3]]);
});
