// What the page knows, indexed: who is linked with whom, what is said of an entity, where an article names it.
// In: the data of load.js. The traps: offsets count characters, so a text is cut as an array of characters; and
// texts are decoded when they are asked for, so whoever shows one must wait for it.

import { indexClusters } from "./clusters.js";
import { createSearch } from "./finding.js";
import { daysOf } from "./calendar.js";
import { indexMentions } from "./mentions.js";

const SENTENCE_END = "。！？；\n";
const CLOSERS = "”’》）」』】";
const NOTHING = Object.freeze([]);
const NO_DAYS = ["", ""];
const SYMMETRIC = new Set(["cooperatesWith"]);
/** What a figure has in place of a predicate, wherever statements are told apart by theirs. */
export const FIGURE = "Observation";
/** A statement speaks of so many entities at most. */
export const ENDS = 3;

export function createModel(data) {
  const entities = keyed(data.entities);
  const articles = keyed(data.articles);
  const articleIds = data.articles.map(({ id }) => id);
  const numbers = new Map(data.entities.map(({ id }, number) => [id, number]));
  const { statements, about, ends } = indexStatements(data, numbers, articles, articleIds);
  const { edgeList, links } = indexEdges(data.entities, data.statements, ends);
  const places = indexPlaces(entities);
  const linksOf = (id) => links[numbers.get(id)] ?? NOTHING;
  const degree = (id) => linksOf(id).length;
  let search = null;
  let edges = null;
  return {
    types: data.types,
    labels: data.labels,
    base: data.base,
    picture: data.picture,
    /** What the overview shows where there is more than is held: Map entity → links in the store; null for everything. */
    opening: data.opening ?? null,
    entities,
    statements,
    articles,
    edgeList,
    /** Edges by identifier; seldom asked for, so made when they are. */
    get edges() {
      edges ??= keyed(edgeList);
      return edges;
    },
    degree,
    /** The rows behind the maps, in their order: a number is a place in them. */
    entityList: data.entities,
    statementList: data.statements,
    /** The numbers of the entities that statement `n` speaks of, from ENDS * n on; -1 where there is none. */
    ends,
    /** The number of each entity's home, or -1. */
    homes: Int32Array.from(data.entities, ({ home }) => numbers.get(home) ?? -1),
    about: (id) => about[numbers.get(id)] ?? NOTHING,
    edgesOf: linksOf,
    neighbours: (id) => new Set(linksOf(id).map((edge) => (edge.from === id ? edge.to : edge.from))),
    ...indexPassages(data.passages, articleIds),
    article: reader(data, articles),
    sentence: sentenceAround,
    ...indexMentions(data.named, articleIds, data.entities, numbers),
    ...places,
    ...indexClusters(data.clusters, data.entities, entities, data.labels),
    search(query, limit) {
      search ??= createSearch(entities, data.readings, degree);
      return search(query, limit);
    },
  };
}

/** Put other data into a model, in place: whoever holds it sees them from then on. */
export function refill(model, data) {
  return Object.defineProperties(model, Object.getOwnPropertyDescriptors(createModel(data)));
}

function keyed(rows) {
  return new Map(rows.map((row) => [row.id, row]));
}

function push(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Statements name passages by number. Their identifiers are made of where they stand, but for those that are listed. */
function indexPassages({ id, article, start, end }, articleIds) {
  return {
    /** Where a passage stands: [article, start, end]. */
    passage: (number) => [articleIds[article[number]], start[number], end[number]],
    passageId: (number) => id[number] ?? `passage/${articleIds[article[number]].replace(/^article\//, "")}-${start[number]}-${end[number]}`,
  };
}

/** Index statements by identifier and by whom they speak of; each learns its articles and the days it is told for. */
function indexStatements(data, numbers, articles, articleIds) {
  const statements = new Map();
  const about = data.entities.map(() => null);
  const rows = data.statements.sort((a, b) => (a.id < b.id ? -1 : 1));
  const ends = new Int32Array(ENDS * rows.length).fill(-1);
  const daysIn = remembered((told) => daysOf(told) ?? NO_DAYS);
  const alone = articleIds.map((id) => [id]); // most statements rest on one article, and share this list of it
  const articlesOf = ({ passages }) => (passages.length === 1 ? alone[data.passages.article[passages[0]]]
    : [...new Set(passages.map((number) => articleIds[data.passages.article[number]]))]);
  const daysPrinted = data.articles.map(({ published }) => daysIn(published));
  const daysReported = ({ passages, articles: cited }) => (passages.length === 1 ? daysPrinted[data.passages.article[passages[0]]]
    : daysIn(cited.map((id) => articles.get(id).published).filter(Boolean).sort()[0] ?? ""));
  const end = (row, place, id, known) => {
    const number = known ?? numbers.get(id) ?? -1;
    ends[ENDS * row + place] = number;
    if (number >= 0) (about[number] ??= []).push(rows[row].id);
  };
  rows.forEach((statement, row) => {
    statement.articles = articlesOf(statement);
    const told = statement.kind === "date" ? statement.value : statement.time;
    let days = told ? daysIn(told) : NO_DAYS;
    if (days === NO_DAYS) days = daysReported(statement);
    [statement.from, statement.to] = days;
    statements.set(statement.id, statement);
    const { s, o, product, sAt, oAt, productAt } = statement;
    end(row, 0, s, sAt);
    if (o && o !== s) end(row, 1, o, oAt);
    if (product && product !== s && product !== o) end(row, 2, product, productAt);
  });
  return { statements, about, ends };
}

function remembered(work) {
  const known = new Map();
  return (value) => {
    if (!known.has(value)) known.set(value, work(value));
    return known.get(value);
  };
}

/** One edge stands for all statements between two entities, in both directions; `a` and `b` are the numbers of its ends. */
function indexEdges(entities, statements, ends) {
  const edgeList = [];
  const links = entities.map(() => null);
  statements.forEach(({ id, kind, p }, row) => {
    const [subject, object] = [ends[ENDS * row], ends[ENDS * row + 1]];
    if (kind === "date" || kind === "figure" || subject < 0 || object < 0) return;
    const [a, b] = subject < object ? [subject, object] : [object, subject];
    let edge = edgeBetween(links, a, b);
    if (!edge) {
      const [from, to] = [entities[a].id, entities[b].id];
      edge = { id: `${from} ${to}`, from, to, a, b, statements: [], arrows: "" };
      edgeList.push(edge);
      (links[a] ??= []).push(edge);
      (links[b] ??= []).push(edge);
    }
    edge.statements.push(id);
    const arrow = SYMMETRIC.has(p) ? "" : subject === a ? "to" : "from";
    if (arrow && !edge.arrows.includes(arrow)) edge.arrows = edge.arrows ? "from, to" : arrow;
  });
  return { edgeList, links };
}

/** Look through the links of the end that has fewer. */
function edgeBetween(links, a, b) {
  const [one, other] = [links[a] ?? NOTHING, links[b] ?? NOTHING];
  for (const edge of one.length < other.length ? one : other) if (edge.a === a && edge.b === b) return edge;
  return null;
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
