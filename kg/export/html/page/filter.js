// What stays under a filter, and how many would stay under each choice of each facet.
// In: the model and a filter. Out: sets of identifiers and counts. The trap: the counts of a facet must not follow its
// own choice, or all that is not chosen would count as nothing; so each item remembers which facets it fails.

import { folded } from "./finding.js";
import { ENDS, FIGURE } from "./model.js";

const TYPE = 1;
const PREDICATE = 2;
const PLACE = 4;
const ARTICLE = 8;
const TIME = 16;
const CONFIDENCE = 32;
const BYLINE = 64;
const TEXT = 128;
const TOLD = 256; // nothing that stays is told of the entity

/** What statements are told apart by: their predicate; a figure has none. */
export function predicateOf(statement) {
  return statement.p ?? FIGURE;
}

/** Return a function from filter to {entities, statements, counts}, which remembers its last answer. */
export function createFilter(model) {
  let [known, rows, answer] = ["", null, null];
  return (filter) => {
    const key = JSON.stringify(filter);
    if (key !== known || rows !== model.statementList) [known, rows, answer] = [key, model.statementList, applied(model, filter)];
    return answer;
  };
}

/** Tell whether the filter asks for anything beyond what the page opens with. */
export function isActive(filter) {
  return Boolean(filter.types || hasStatementFacet(filter) || filter.place || filter.article || filter.text);
}

function hasStatementFacet({ predicates, from, to, confidence }) {
  return Boolean(predicates || from || to || confidence);
}

function applied(model, filter) {
  const entityFails = failsOfEntities(model, filter);
  const statementFails = failsOfStatements(model, filter, entityFails);
  if (hasStatementFacet(filter)) markUntold(model, entityFails, statementFails);
  const [entities, statements] = [model.entityList, model.statementList];
  return asked({
    entities: () => staying(entities, entityFails),
    statements: () => staying(statements, statementFails),
    counts: () => asked({
      types: () => counted(entities, entityFails, TYPE, ({ type }, add) => add(type)),
      predicates: () => counted(statements, statementFails, PREDICATE, (statement, add) => add(predicateOf(statement))),
      articles: () => counted(statements, statementFails, ARTICLE, (statement, add) => statement.articles.forEach((id) => add(id))),
      years: () => counted(statements, statementFails, TIME, ({ from }, add) => from && add(from.slice(0, 4))),
      places: () => countedPlaces(model, entityFails),
      bylines: () => counted(entities, entityFails, BYLINE, ({ byline }, add) => byline && add(true)).get(true) ?? 0,
    }),
  });
}

/** Return an object whose values are worked out when they are first asked for: most counts are seldom looked at. */
function asked(makers) {
  const answers = {};
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(answers, name, { configurable: true, enumerable: true, get() {
      const value = make();
      Object.defineProperty(answers, name, { value, enumerable: true });
      return value;
    } });
  }
  return answers;
}

function staying(rows, fails) {
  const kept = new Set();
  for (let at = 0; at < rows.length; at += 1) if (!fails[at]) kept.add(rows[at].id);
  return kept;
}

/** Return what each entity fails, by its number. */
function failsOfEntities(model, filter) {
  const types = filter.types && new Set(filter.types);
  const inside = filter.place && model.within(filter.place);
  const named = filter.article && new Set(model.namedIn(filter.article));
  const wanted = folded(filter.text ?? "");
  const fails = new Uint16Array(model.entityList.length);
  model.entityList.forEach((entity, at) => {
    fails[at] = (types && !types.has(entity.type) ? TYPE : 0)
      | (inside && !inside.has(entity.id) ? PLACE : 0)
      | (named && !named.has(entity.id) ? ARTICLE : 0)
      | (entity.byline && !filter.bylines ? BYLINE : 0)
      | (wanted && !keysOf(entity).some((key) => key.includes(wanted)) ? TEXT : 0);
  });
  return fails;
}

const keys = new WeakMap(); // folded once an entity: folding takes longer than looking through

function keysOf(entity) {
  if (!keys.has(entity)) keys.set(entity, [entity.label, ...entity.aliases].map(folded));
  return keys.get(entity);
}

/** A statement stays if it passes itself, all of its ends are of a shown type, and one of them is in the place. */
function failsOfStatements(model, filter, entityFails) {
  const predicates = filter.predicates && new Set(filter.predicates);
  const to = filter.to && filter.to + "-99"; // a year or month as the end means its last day
  const fails = new Uint16Array(model.statementList.length);
  model.statementList.forEach((statement, at) => {
    let [some, every, isKnown] = [0, ~0, false];
    for (let end = ENDS * at; end < ENDS * (at + 1); end += 1) {
      if (model.ends[end] < 0) continue;
      isKnown = true;
      some |= entityFails[model.ends[end]];
      every &= entityFails[model.ends[end]];
    }
    const isLate = filter.from && !(statement.to && statement.to >= filter.from);
    const isEarly = to && !(statement.from && statement.from <= to);
    fails[at] = (predicates && !predicates.has(predicateOf(statement)) ? PREDICATE : 0)
      | (isLate || isEarly ? TIME : 0)
      | (statement.confidence < filter.confidence ? CONFIDENCE : 0)
      | (filter.article && !statement.articles.includes(filter.article) ? ARTICLE : 0)
      | (some & TYPE) | (isKnown ? every & (PLACE | TEXT) : 0);
  });
  return fails;
}

function markUntold({ entityList, ends }, entityFails, statementFails) {
  const told = new Uint8Array(entityList.length);
  statementFails.forEach((failed, at) => {
    // what a type hides must not count as untold, or hiding people would hide the offices that they hold
    if ((failed & ~TYPE) === 0) for (const end of ends.subarray(ENDS * at, ENDS * (at + 1))) if (end >= 0) told[end] = 1;
  });
  told.forEach((isTold, at) => { if (!isTold) entityFails[at] |= TOLD; });
}

/** Count what passes all facets but one, under each of the values that the facet gives it. */
function counted(rows, fails, facet, eachValue) {
  const counts = new Map();
  const add = (value) => { counts.set(value, (counts.get(value) ?? 0) + 1); };
  for (let at = 0; at < rows.length; at += 1) if (!(fails[at] & ~facet)) eachValue(rows[at], add);
  return counts;
}

function countedPlaces({ entityList, homes }, fails) {
  const counts = new Int32Array(entityList.length);
  for (let at = 0; at < entityList.length; at += 1) {
    if (fails[at] & ~PLACE) continue;
    if (entityList[at].type === "Place") counts[at] += 1;
    for (let home = homes[at]; home >= 0; home = homes[home]) counts[home] += 1;
  }
  return new Map(entityList.flatMap(({ id }, at) => (counts[at] ? [[id, counts[at]]] : [])));
}
