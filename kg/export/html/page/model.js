// What the page knows, indexed: who is linked with whom, what is said of an entity, where an article names it.
// In: the data of load.js. The traps: offsets count characters, so a text is cut as an array of characters; and
// texts are decoded when they are asked for, so whoever shows one must wait for it.

import { indexClusters } from "./clusters.js";
import { createSearch } from "./finding.js";
import { daysOf } from "./calendar.js";

const SENTENCE_END = "。！？；\n";
const CLOSERS = "”’》）」』】";
const SYMMETRIC = new Set(["cooperatesWith"]);
/** What a figure has in place of a predicate, wherever statements are told apart by theirs. */
export const FIGURE = "Observation";

export function createModel(data) {
  const entities = keyed(data.entities);
  const articles = keyed(data.articles);
  const articleIds = data.articles.map(({ id }) => id);
  const { statements, about } = indexStatements(data, entities, articles, articleIds);
  const { edges, links } = indexEdges(data, entities, statements);
  const places = indexPlaces(entities);
  const seen = new Map();
  const numbers = new Map(articleIds.map((id, number) => [id, number]));
  const degree = (id) => links.get(id)?.length ?? 0;
  let search = null;
  return {
    types: data.types,
    labels: data.labels,
    base: data.base,
    entities,
    statements,
    articles,
    edges,
    degree,
    about: (id) => about.get(id) ?? [],
    edgesOf: (id) => links.get(id) ?? [],
    neighbours: (id) => new Set((links.get(id) ?? []).map((edge) => (edge.from === id ? edge.to : edge.from))),
    /** Where a passage stands: [article, start, end]; statements name passages by number. */
    passage: (number) => [articleIds[data.passages.article[number]], data.passages.start[number], data.passages.end[number]],
    passageId: (number) => data.passages.id[number],
    article: reader(data, articles),
    sentence: sentenceAround,
    /** The articles that name an entity, with how often: [[article, times]]. */
    seenIn(id) {
      if (!seen.size) data.named.forEach((row, number) => pairs(row, (entity, times) => push(seen, entity, [articleIds[number], times])));
      return seen.get(id) ?? [];
    },
    namedIn(id) {
      const ids = [];
      pairs(data.named[numbers.get(id)] ?? [], (entity) => ids.push(entity));
      return ids;
    },
    ...places,
    ...indexClusters(data.clusters, data.entities, entities, data.labels),
    search(query, limit) {
      search ??= createSearch(entities, data.readings, degree);
      return search(query, limit);
    },
  };
}

function keyed(rows) {
  return new Map(rows.map((row) => [row.id, row]));
}

function push(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function pairs(row, visit) {
  for (let at = 0; at < row.length; at += 2) visit(row[at], row[at + 1]);
}

/** Index statements by identifier and by whom they speak of; each learns its articles and the days it is told for. */
function indexStatements(data, entities, articles, articleIds) {
  const statements = new Map();
  const about = new Map();
  for (const statement of data.statements.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    statement.articles = [...new Set(statement.passages.map((number) => articleIds[data.passages.article[number]]))];
    const told = statement.kind === "date" ? statement.value : statement.time;
    const published = statement.articles.map((id) => articles.get(id).published).filter(Boolean).sort();
    const days = (told && daysOf(told)) || (published.length && daysOf(published[0]));
    [statement.from, statement.to] = days || ["", ""];
    statements.set(statement.id, statement);
    for (const end of endsOf(statement)) if (entities.has(end)) push(about, end, statement.id);
  }
  return { statements, about };
}

/** One edge stands for all statements between two entities, in both directions. */
function indexEdges(data, entities, statements) {
  const edges = new Map();
  const links = new Map();
  const order = new Map([...entities.keys()].map((id, number) => [id, number]));
  for (const { id, kind, s, o, p } of statements.values()) {
    if (kind === "date" || kind === "figure" || s === o || !order.has(s) || !order.has(o)) continue;
    const [from, to] = order.get(s) < order.get(o) ? [s, o] : [o, s];
    const key = `${from} ${to}`;
    let edge = edges.get(key);
    if (!edge) {
      edge = { id: key, from, to, statements: [], arrows: "" };
      edges.set(key, edge);
      push(links, from, edge);
      push(links, to, edge);
    }
    edge.statements.push(id);
    const arrow = SYMMETRIC.has(p) ? "" : s === from ? "to" : "from";
    if (arrow && !edge.arrows.includes(arrow)) edge.arrows = edge.arrows ? "from, to" : arrow;
  }
  return { edges, links };
}

/** Return what is inside what, and the trees of places that it makes. */
function indexPlaces(entities) {
  const inside = new Map();
  const roots = [];
  for (const { id, type, home } of entities.values()) {
    if (home) push(inside, home, id);
    else if (type === "Place") roots.push({ id, children: [] });
  }
  const grow = (node) => {
    node.children = (inside.get(node.id) ?? []).filter((id) => entities.get(id).type === "Place").map((id) => ({ id, children: [] }));
    node.children.forEach(grow);
  };
  roots.forEach(grow);
  return {
    placeTree: roots,
    /** The places that an entity belongs to, the innermost first; of a place those above it. */
    placesOf(id) {
      const chain = [];
      for (let home = entities.get(id)?.home; home; home = entities.get(home)?.home) chain.push(home);
      return chain;
    },
    /** A place with everything inside it. */
    within(id) {
      const found = new Set([id]);
      for (const place of found) for (const child of inside.get(place) ?? []) found.add(child); // which grows meanwhile
      return found;
    },
  };
}

/** Return a function that gives an article with its text as an array of characters, and [[start, end, entity]]. */
function reader(data, articles) {
  const firsts = new Map();
  data.articles.forEach(({ block }, number) => firsts.has(block) || firsts.set(block, number));
  const blocks = new Map();
  const read = new Map();
  return async (id) => {
    const known = articles.get(id);
    if (!blocks.has(known.block)) blocks.set(known.block, data.block(known.block));
    const rows = await blocks.get(known.block);
    if (!read.has(id)) {
      const [text, ...marks] = rows[data.articles.indexOf(known, firsts.get(known.block)) - firsts.get(known.block)];
      const mentions = [];
      for (let at = 0; at < marks.length; at += 3) mentions.push([marks[at], marks[at + 1], data.nameOfNumber(marks[at + 2])]);
      read.set(id, { ...known, text: Array.from(text), mentions });
    }
    return read.get(id);
  };
}

/** Return the identifiers of the entities that a statement speaks of. */
export function endsOf(statement) {
  return [...new Set([statement.s, statement.o, statement.product].filter(Boolean))];
}

/** Widen a passage to the sentences that it stands in. */
export function sentenceAround(text, start, end) {
  let from = start;
  while (from > 0 && !SENTENCE_END.includes(text[from - 1])) from -= 1;
  while (from < start && (CLOSERS.includes(text[from]) || text[from].trim() === "")) from += 1;
  let to = Math.max(end, start + 1);
  while (to < text.length && !SENTENCE_END.includes(text[to - 1])) to += 1;
  while (to < text.length && text[to - 1] !== "\n" && CLOSERS.includes(text[to])) to += 1;
  return [from, to];
}
