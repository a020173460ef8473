// The store behind a served page: fetches what one walks to, and says how far it got.
// In: the page's head. Out: {model, source}; a page that holds everything has a source of its own (whole.js).
// The trap: the model is one object that all parts of the page hold, so what is fetched is put into it, never beside it.

import { createHoldings } from "./holdings.js";
import { createModel, refill } from "./model.js";
import { createRequests } from "./requests.js";

/** Open a store by what it begins with. */
export async function openStore(head) {
  const listeners = new Set();
  const tell = () => listeners.forEach((listener) => listener());
  const requests = createRequests(tell);
  const holdings = createHoldings(head);
  const texts = new Map();
  const opened = await requests.ask("/graph/opening");
  const totals = new Map(opened.links);
  holdings.add(opened.core);
  const data = () => ({ ...holdings.data(), opening: totals, block: (id) => remembered(texts, id, readText) });
  const model = sized(createModel(data()), totals);
  const renew = () => sized(refill(model, data()), totals);
  const take = (core) => {
    holdings.add(core);
    renew();
  };

  async function readText(id) {
    const { core, text: [words, ...marks] } = await requests.ask("/graph/article", { id });
    const { entities, nameOfNumber } = holdings.add(core);
    for (const { id: named } of entities) if (!model.entities.has(named)) model.entities.set(named, holdings.entities.get(named));
    return [[words, ...marks.map((value, at) => (at % 3 === 2 ? nameOfNumber(value) : value))]];
  }
  const { reach, reached, isGoing } = createReach(requests, take);
  const bring = (id) => {
    if (id.startsWith("article/")) return model.articles.has(id) || requests.attempt(() => remembered(texts, id, readText).then(renew));
    if (id.startsWith("statement/")) return model.statements.has(id) || requests.attempt(async () => take((await requests.ask("/graph/around", { id })).core));
    return model.entities.has(id) || reach(id).then(() => model.entities.has(id));
  };
  return {
    model,
    source: {
      isWhole: false,
      triples: opened.total,
      reach,
      reached,
      isGoing,
      /** Fetch things by their identifiers, where they are not there yet. */
      bring: (ids) => Promise.all(ids.map(bring)),
      find: async (name) => (await requests.ask("/find", { name })).found.flatMap((found) => foundRow(found, head)),
      isBusy: requests.isBusy,
      trouble: requests.trouble,
      subscribe: (listener) => listeners.add(listener),
    },
  };
}

/** Return what fetches neighbourhoods part by part, and what tells how far each one is: {next, total, relations, taken}. */
function createReach(requests, take) {
  const known = new Map();
  const going = new Map();
  const reached = (id) => known.get(id) ?? null;
  async function fetchPart(id, relation) {
    const before = known.get(id) ?? { next: 0, taken: {} };
    const from = relation ? before.taken[relation] ?? 0 : before.next;
    const { core, next, total, relations } = await requests.ask("/graph/around", { id, from, ...(relation && { relation }) });
    known.set(id, { ...before, total, relations, ...(relation ? { taken: { ...before.taken, [relation]: next } } : { next }) });
    take(core);
  }
  return {
    reached,
    /** Fetch the first part of an entity's neighbourhood, the next one of a relation, or the next one of all in turn. */
    reach(id, { relation = "", more = false } = {}) {
      if (going.has(id)) return going.get(id);
      if (known.has(id) && !more) return Promise.resolve(true);
      const work = () => requests.attempt(() => fetchPart(id, relation).finally(() => going.delete(id)));
      going.set(id, Promise.resolve().then(work)); // which is told of only when it stands here
      return going.get(id);
    },
    isGoing: (id) => going.has(id),
  };
}

/** Give each mark a size by its links, those in the store where they are known, as the page that `kg build` writes does. */
function sized(model, totals) {
  for (const entity of model.entityList) {
    const links = Math.max(model.degree(entity.id), totals.get(entity.id) ?? 0);
    Object.assign(entity, { x: null, y: null, size: Math.min(6 + 3.4 * Math.sqrt(links), 26) });
  }
  return model;
}

/** Return the promise of a thing, made once; one that failed is made anew. */
function remembered(known, id, make) {
  if (!known.has(id)) known.set(id, make(id).catch((error) => { known.delete(id); throw error; }));
  return known.get(id);
}

/** Return what /find found as a row of the search box; nothing for what is no entity. */
function foundRow({ iri, name, also, types }, { base, types: known }) {
  const names = types.map((type) => type.split("#").at(-1));
  const type = names.find((each) => known.includes(each));
  if (!type || !iri.startsWith(base)) return [];
  const kind = names.find((each) => each !== type) ?? "";
  return [{ id: decodeURIComponent(iri.slice(base.length)), label: name, name: also[0] ?? name, alias: also.length > 0, type, kind }];
}
