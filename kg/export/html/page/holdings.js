// What has been fetched from a store so far, as the data that the model is made of. In: the columns that the store sends for
// one neighbourhood after the other. Out: rows, each thing once. The traps: each answer numbers its entities and
// passages by itself; and two answers may put a place inside each other, on which whoever walks up from it would turn for ever.

import { restored } from "./load.js";

/** Gather answers: `add(core)`, `add(core, {aside: true})` for names that no statement leads to, and `data()` for the model. */
export function createHoldings(head) {
  const [entities, articles, statements, named] = [new Map(), new Map(), new Map(), new Map()];
  const passages = { numbers: new Map(), id: {}, article: [], start: [], end: [] };
  const readings = {};
  return {
    entities,
    add(core) {
      const rows = restored({ ...core, clusters: undefined });
      for (const entity of rows.entities) entities.set(entity.id, joined(entities, entity));
      for (const article of rows.articles) if (!articles.get(article.id)?.length) articles.set(article.id, { ...article, block: article.id });
      const numbers = rows.passages.article.map((_, at) => passageNumber(passages, rows, at));
      for (const statement of rows.statements) if (!statements.has(statement.id)) statements.set(statement.id, adopted(statement, numbers));
      rows.named.forEach((row, at) => addNamed(named, rows.articles[at].id, row.map((value, place) => (place % 2 ? value : rows.nameOfNumber(value)))));
      Object.assign(readings, core.readings);
      return rows;
    },
    data: () => {
      const listed = [...articles.values()];
      const order = new Map(listed.map(({ id }, number) => [id, number]));
      return {
        ...head,
        entities: [...entities.values()],
        statements: [...statements.values()],
        articles: listed,
        passages: { ...passages, article: passages.article.map((id) => order.get(id)) },
        named: listed.map(({ id }) => [...named.get(id) ?? []].flat()),
        clusters: [],
        readings,
        nameOfNumber: (id) => id,
      };
    },
  };
}

/** Return an entity with what earlier answers knew of it: where it is at home, and that more than a byline names it. */
function joined(entities, entity) {
  const before = entities.get(entity.id);
  const home = before?.home || (isAbove(entities, entity.id, entity.home) ? "" : entity.home);
  return { ...entity, home, byline: before ? before.byline && entity.byline : entity.byline, inside: 0 };
}

/** Tell whether a place lies, by what is known so far, inside the entity. */
function isAbove(entities, id, place) {
  for (let at = place; at; at = entities.get(at)?.home) if (at === id) return true;
  return false;
}

function passageNumber({ numbers, id, article, start, end }, rows, at) {
  const { passages } = rows;
  const [stands, from, to] = [rows.articles[passages.article[at]].id, passages.start[at], passages.end[at]];
  const key = passages.id[at] ?? `${stands} ${from} ${to}`;
  if (!numbers.has(key)) {
    numbers.set(key, article.length);
    if (passages.id[at]) id[article.length] = passages.id[at];
    article.push(stands);
    start.push(from);
    end.push(to);
  }
  return numbers.get(key);
}

/** Return a statement that names passages by our numbers, and entities by their identifiers alone. */
function adopted(statement, numbers) {
  return { ...statement, passages: statement.passages.map((number) => numbers[number]), sAt: undefined, oAt: undefined, productAt: undefined };
}

function addNamed(named, article, row) {
  if (!named.has(article)) named.set(article, new Map());
  const times = named.get(article);
  for (let at = 0; at < row.length; at += 2) times.set(row[at], Math.max(times.get(row[at]) ?? 0, row[at + 1]));
}
