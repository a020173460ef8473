import assert from "node:assert/strict";
import { test } from "node:test";

import { indexMentions } from "../../kg/export/html/page/mentions.js";

const ENTITIES = [{ id: "person/1" }, { id: "place/1" }, { id: "place/2" }];
const NUMBERS = new Map(ENTITIES.map(({ id }, number) => [id, number]));
const { seenIn, namedIn } = indexMentions([[1, 2, 0, 1], [], [1, 5, "place/elsewhere", 1]], ["a/1", "a/2", "a/3"], ENTITIES, NUMBERS);

test("an entity knows the articles that name it, and how often", () => {
  assert.deepEqual(seenIn("place/1"), [["a/1", 2], ["a/3", 5]]);
  assert.deepEqual(seenIn("person/1"), [["a/1", 1]]);
  assert.deepEqual(seenIn("place/2"), []);
  assert.deepEqual(seenIn("place/unknown"), []);
});

test("an article knows whom it names, also what is no entity of the graph", () => {
  assert.deepEqual(namedIn("a/1"), ["place/1", "person/1"]);
  assert.deepEqual(namedIn("a/3"), ["place/1", "place/elsewhere"]);
  assert.deepEqual(namedIn("a/2"), []);
  assert.deepEqual(namedIn("a/unknown"), []);
});
