// What stays under a filter, and how many would stay under each choice of each facet.
// In: the model and a filter. Out: sets of identifiers and counts. The trap: the counts of a facet must not follow its
// own choice, or all that is not chosen would count as nothing; so each item remembers which facets it fails.

import { folded } from "./finding.js";
import { endsOf, FIGURE } from "./model.js";

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
  let known = "";
  let answer = null;
  return (filter) => {
    const key = JSON.stringify(filter);
    if (key !== known) [known, answer] = [key, applied(model, filter)];
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
  const stay = (fails) => new Set([...fails].flatMap(([id, failed]) => (failed ? [] : [id])));
  return {
    entities: stay(entityFails),
    statements: stay(statementFails),
    counts: {
      types: counted(entityFails, TYPE, (id) => [model.entities.get(id).type]),
      predicates: counted(statementFails, PREDICATE, (id) => [predicateOf(model.statements.get(id))]),
      articles: counted(statementFails, ARTICLE, (id) => model.statements.get(id).articles),
      years: counted(statementFails, TIME, (id) => [model.statements.get(id).from.slice(0, 4)].filter(Boolean)),
      places: counted(entityFails, PLACE, (id) => [...(model.entities.get(id).type === "Place" ? [id] : []), ...model.placesOf(id)]),
      bylines: counted(entityFails, BYLINE, (id) => (model.entities.get(id).byline ? [true] : [])).get(true) ?? 0,
    },
  };
}

function failsOfEntities(model, filter) {
  const types = filter.types && new Set(filter.types);
  const inside = filter.place && model.within(filter.place);
  const named = filter.article && new Set(model.namedIn(filter.article));
  const wanted = folded(filter.text ?? "");
  const fails = new Map();
  for (const entity of model.entities.values()) {
    fails.set(entity.id,
      (types && !types.has(entity.type) ? TYPE : 0)
      | (inside && !inside.has(entity.id) ? PLACE : 0)
      | (named && !named.has(entity.id) ? ARTICLE : 0)
      | (entity.byline && !filter.bylines ? BYLINE : 0)
      | (wanted && ![entity.label, ...entity.aliases].some((name) => folded(name).includes(wanted)) ? TEXT : 0));
  }
  return fails;
}

/** A statement stays if it passes itself, all of its ends are of a shown type, and one of them is in the place. */
function failsOfStatements(model, filter, entityFails) {
  const predicates = filter.predicates && new Set(filter.predicates);
  const to = filter.to && filter.to + "-99"; // a year or month as the end means its last day
  const fails = new Map();
  for (const statement of model.statements.values()) {
    const ends = endsOf(statement).map((end) => entityFails.get(end)).filter((failed) => failed !== undefined);
    const every = ends.reduce((all, failed) => all & failed, ends.length ? ~0 : 0);
    const some = ends.reduce((any, failed) => any | failed, 0);
    const isLate = filter.from && !(statement.to && statement.to >= filter.from);
    const isEarly = to && !(statement.from && statement.from <= to);
    fails.set(statement.id,
      (predicates && !predicates.has(predicateOf(statement)) ? PREDICATE : 0)
      | (isLate || isEarly ? TIME : 0)
      | (statement.confidence < filter.confidence ? CONFIDENCE : 0)
      | (filter.article && !statement.articles.includes(filter.article) ? ARTICLE : 0)
      | (some & TYPE) | (every & (PLACE | TEXT)));
  }
  return fails;
}

function markUntold(model, entityFails, statementFails) {
  for (const [id, failed] of entityFails) {
    // what a type hides must not count as untold, or hiding people would hide the offices that they hold
    if (!model.about(id).some((key) => (statementFails.get(key) & ~TYPE) === 0)) entityFails.set(id, failed | TOLD);
  }
}

/** Count what passes all facets but one, under each of the values that the facet gives it. */
function counted(fails, facet, valuesOf) {
  const counts = new Map();
  for (const [id, failed] of fails) {
    if (failed & ~facet) continue;
    for (const value of valuesOf(id)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
