// Which articles name an entity, and which entities an article names, without reading any text.
// In: for each article entity, times, entity, times, …, an entity by its number or, by hand, by its identifier. Out: two
// functions. The trap: a hundred thousand entities are named a million times, so nothing is made of it until someone
// asks, and then rows of numbers, no objects.

export function indexMentions(named, articleIds, entities, numbers) {
  const articleNumbers = new Map(articleIds.map((id, number) => [id, number]));
  const numberOf = (entity) => (typeof entity === "number" ? entity : numbers.get(entity) ?? -1);
  let index = null;
  return {
    /** The articles that name an entity, with how often: [[article, times]]. */
    seenIn(id) {
      const number = numberOf(id);
      if (number < 0) return [];
      index ??= byEntity(named, entities.length, numberOf);
      const rows = [];
      for (let at = index.starts[number]; at < index.starts[number + 1]; at += 1) rows.push([articleIds[index.articles[at]], index.times[at]]);
      return rows;
    },
    /** The entities that an article names. */
    namedIn(id) {
      const row = named[articleNumbers.get(id)] ?? [];
      return row.filter((_, at) => at % 2 === 0).map((entity) => (typeof entity === "number" ? entities[entity].id : entity));
    },
  };
}

/** Turn the rows of the articles round: the articles of entity `n` stand from starts[n] to starts[n + 1]. */
function byEntity(named, count, numberOf) {
  const starts = new Int32Array(count + 1);
  const each = (visit) => named.forEach((row, article) => {
    for (let at = 0; at < row.length; at += 2) {
      const number = numberOf(row[at]);
      if (number >= 0) visit(number, article, row[at + 1]);
    }
  });
  each((number) => { starts[number + 1] += 1; });
  for (let number = 0; number < count; number += 1) starts[number + 1] += starts[number];
  const free = starts.slice();
  const [articles, times] = [new Int32Array(starts[count]), new Int32Array(starts[count])];
  each((number, article, often) => {
    const at = free[number];
    free[number] += 1;
    [articles[at], times[at]] = [article, often];
  });
  return { starts, articles, times };
}
