// Read the data out of the page: columns of deflated JSON, decoded at once, and texts, decoded when someone reads them.
// In: the elements `head`, `core` and `block-N`. Out: rows as objects, with identifiers in place of their numbers.

const EMPTY = { entity: {}, word: {}, plain: {} };

/** Read what the page needs to open. */
export async function loadData(page) {
  const head = JSON.parse(page.getElementById("head").textContent);
  const core = await unpack(page.getElementById("core").textContent);
  return { ...head, ...restored(core), block: (number) => unpack(page.getElementById(`block-${number}`).textContent) };
}

/** Undo `packed` of columns.py. */
export async function unpack(text) {
  const inflated = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(inflated).text());
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const raw = atob(base64);
  const bytes = new Uint8Array(raw.length);
  for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
  return bytes;
}

/** Turn columns into rows: entities, statements and articles as arrays of objects. */
export function restored({ entities, clusters = EMPTY, statements, articles, ...rest }) {
  const ids = entities.plain.id ?? [];
  const names = (value) => (typeof value === "number" ? ids[value] : value);
  const read = (table) => rowsOf(table, names, rest.words);
  return {
    ...rest,
    entities: read(entities),
    clusters: read(clusters),
    statements: Object.entries(statements).flatMap(([kind, table]) => withNumbers(read(table), kind, table.entity)),
    articles: read(articles),
    nameOfNumber: names,
  };
}

/** Keep the numbers of the entities that a statement names: to look 250,000 of them up again takes half a second. */
function withNumbers(rows, kind, { s, o, product }) {
  const at = (column, row) => (typeof column?.[row] === "number" ? column[row] : undefined);
  rows.forEach((statement, row) => {
    statement.kind = kind;
    statement.sAt = at(s, row);
    statement.oAt = at(o, row);
    statement.productAt = at(product, row);
  });
  return rows;
}

function rowsOf({ entity, word, plain }, names, words) {
  const columns = [
    ...Object.entries(plain).map(([name, values]) => [name, values, (value) => value]),
    ...Object.entries(entity).map(([name, values]) => [name, values, each(names)]),
    ...Object.entries(word).map(([name, values]) => [name, values, each((number) => words[number])]),
  ];
  const count = plain.id?.length ?? 0;
  const rows = new Array(count);
  for (let at = 0; at < count; at += 1) {
    const row = {};
    for (const [name, values, read] of columns) row[name] = read(values[at]);
    rows[at] = row;
  }
  return rows;
}

function each(read) {
  return (value) => (Array.isArray(value) ? value.map(read) : read(value));
}
