// Sort rows of a table by one column, upwards or downwards; what a row lacks comes last in both directions.
// In: identifiers and a function that gives each its value. Out: a new array. The trap: comparing names by pinyin takes
// a hundred times as long as comparing texts, so each distinct name is given its rank once.

let collator;

/** Sort identifiers by value: numbers by size, texts as a Chinese dictionary does; equal ones keep their order. */
export function sortedBy(ids, valueOf, direction = "asc") {
  const rows = ids.map((id) => ({ id, value: valueOf(id) }));
  const ranks = ranksOf(new Set(rows.map(({ value }) => value).filter((value) => typeof value === "string")));
  const sign = direction === "desc" ? -1 : 1;
  for (const row of rows) row.rank = typeof row.value === "string" ? ranks.get(row.value) : row.value ?? NaN;
  rows.sort((a, b) => missing(a) - missing(b) || (missing(a) ? 0 : sign * (a.rank - b.rank)));
  return rows.map(({ id }) => id);
}

function missing({ value, rank }) {
  return value === "" || Number.isNaN(rank) ? 1 : 0;
}

/** Digits and ISO days sort as they are; names by pinyin. */
function ranksOf(texts) {
  const plain = [...texts].every((text) => /^[\x20-\x7e]*$/.test(text));
  collator ??= new Intl.Collator("zh-CN", { numeric: true, ignorePunctuation: true });
  const compare = plain ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : collator.compare;
  return new Map([...texts].sort(compare).map((text, rank) => [text, rank]));
}
