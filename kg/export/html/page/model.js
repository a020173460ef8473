// What the page knows, indexed: who is linked with whom, what is said of an entity, where an article names it.
// In: the data element. The trap: offsets count characters, so a text is cut as an array of characters.

const SENTENCE_END = "。！？；\n";
const CLOSERS = "”’》）」』】";

export function createModel(data) {
  const { entities, statements, passages, articles } = data;
  const about = new Map(Object.keys(entities).map((id) => [id, []]));
  for (const [id, statement] of Object.entries(statements)) {
    for (const end of endsOf(statement)) about.get(end)?.push(id);
  }
  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const links = new Map(Object.keys(entities).map((id) => [id, []]));
  for (const edge of edges.values()) {
    links.get(edge.from).push(edge);
    links.get(edge.to).push(edge);
  }
  const characters = new Map();
  const textOf = (article) => {
    if (!characters.has(article)) characters.set(article, Array.from(articles[article].text));
    return characters.get(article);
  };
  return {
    entities,
    statements,
    articles,
    edges,
    textOf,
    about: (id) => about.get(id) ?? [],
    edgesOf: (id) => links.get(id) ?? [],
    degree: (id) => links.get(id)?.length ?? 0,
    neighbours: (id) => new Set((links.get(id) ?? []).map((edge) => (edge.from === id ? edge.to : edge.from))),
    passage: (id) => passages[id],
    sentence: (article, start, end) => sentenceAround(textOf(article), start, end),
    seenIn: (id) => Object.keys(articles).flatMap((key) => {
      const times = articles[key].mentions.filter((mention) => mention[2] === id).length;
      return times ? [[key, times]] : [];
    }),
    search: createSearch(entities, (id) => links.get(id)?.length ?? 0),
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

/** Return a function that finds entities by name or alias: whole names first, then beginnings, then parts. */
export function createSearch(entities, degree) {
  const rows = Object.entries(entities).flatMap(([id, entity]) =>
    [entity.label, ...entity.aliases].map((name, at) => ({ id, name, alias: at > 0, key: folded(name) })));
  return (query) => {
    const wanted = folded(query);
    if (!wanted) return [];
    const best = new Map();
    for (const row of rows) {
      const at = row.key.indexOf(wanted);
      if (at < 0) continue;
      const rank = (row.key === wanted ? 0 : at === 0 ? 2 : 4) + (row.alias ? 1 : 0);
      if (!best.has(row.id) || best.get(row.id).rank > rank) best.set(row.id, { ...row, rank });
    }
    return [...best.values()].sort((a, b) => a.rank - b.rank || degree(b.id) - degree(a.id) || (a.id < b.id ? -1 : 1));
  };
}

/** Return the form in which names are compared: width folded, without quotation marks and spaces, lower case. */
export function folded(name) {
  return name.normalize("NFKC").replace(/[\s“”‘’"'《》〈〉「」『』()（）[\]【】·]/gu, "").toLowerCase();
}
