// Gather what an export holds: the entities and statements that are shown, and the words that they rest on.
// In: the model and the sets of a filter. Out: records for turtle.js, rows for csv.js. The trap: a statement needs both
// its ends and its passages, also where the filter shows neither; so an export may hold more entities than are shown.

import { labelOf, objectText, ownTime, predicateText } from "./columns.js";
import { endsOf } from "./model.js";

/** Return the records of a Turtle file: {entities, statements, passages, articles, documents}. */
export async function recordsOf(model, { entities, statements }) {
  const told = [...statements].map((id) => model.statements.get(id));
  const articles = await articlesOf(model, told);
  const ids = new Set(entities);
  for (const statement of told) for (const end of endsOf(statement)) ids.add(end);
  for (const { authors, photographers } of articles.values()) for (const id of [...authors, ...photographers]) ids.add(id);
  const written = [...ids].sort().flatMap((id) => model.entities.get(id) ?? []);
  return {
    entities: written,
    statements: told.map((statement) => ({ ...statement, passages: statement.passages.map(model.passageId) })),
    passages: [...passagesOf(model, told, articles)],
    articles: [...articles.values()].map((article) => ({
      ...article, text: article.text.join(""), mentioned: model.namedIn(article.id).filter((id) => ids.has(id)),
    })),
    documents: [...new Map([...articles.values()].filter(({ document }) => document).map((article) =>
      [article.document, { id: article.document, source: article.source, sha256: article.sha256, newspaper: article.newspaper }])).values()],
  };
}

async function articlesOf(model, statements) {
  const ids = [...new Set(statements.flatMap(({ articles }) => articles))].sort();
  const articles = new Map();
  for (const id of ids) articles.set(id, await model.article(id));
  return articles;
}

function* passagesOf(model, statements, articles) {
  for (const number of new Set(statements.flatMap(({ passages }) => passages))) {
    const [article, start, end] = model.passage(number);
    yield { id: model.passageId(number), article, start, end, text: articles.get(article).text.slice(start, end).join("") };
  }
}

const ENTITY_TITLES = ["name", "type", "kind", "aliases", "code", "place", "linkCount", "statementCount", "articleCount", "identifier"];
const STATEMENT_TITLES = ["subject", "predicate", "object", "told", "value", "unit", "qualifier", "role", "amount", "status", "time",
  "earliest", "latest", "confidenceTitle", "rules", "words", "headline", "published", "newspaper", "identifier", "subjectIri", "objectIri"];

/** Return [titles, rows] of the entities, one a row. */
export function entityTable(ids, context) {
  const { model } = context;
  const speech = context.speech();
  const rows = ids.map((id) => {
    const { label, type, kind, aliases, code } = model.entities.get(id);
    const places = model.placesOf(id).map((place) => labelOf(place, model));
    return [label, speech.term(type), kind ? speech.term(kind) : "", aliases.join("、"), code, places.join("、"),
      model.degree(id), model.about(id).length, model.seenIn(id).length, model.base + id];
  });
  return [ENTITY_TITLES.map((title) => speech.say(title)), rows];
}

/** Return [titles, rows] of the statements, one a row, with the words that the first passage has. */
export async function statementTable(ids, context) {
  const rows = [];
  for (const id of ids) rows.push(await statementRow(context.model.statements.get(id), context));
  return [STATEMENT_TITLES.map((title) => context.speech().say(title)), rows];
}

async function statementRow(statement, context) {
  const { model } = context;
  const { id, s, o, kind } = statement;
  const { words, article } = await firstSource(statement, model);
  return [labelOf(s, model), predicateText(statement, context), labelOf(o, model), objectText(statement, context),
    kind === "figure" ? statement.value : "", statement.unit, statement.qualifier, statement.role, statement.amount,
    statement.status, ownTime(statement), statement.from, statement.to, statement.confidence, statement.rules.join(" "),
    words, article?.headline, article?.published, article?.newspaper, model.base + id, model.base + s, o ? model.base + o : ""];
}

async function firstSource({ passages }, model) {
  if (!passages.length) return { words: "", article: null };
  const [id, start, end] = model.passage(passages[0]);
  const article = await model.article(id);
  return { words: article.text.slice(start, end).join(""), article };
}
