// Write a table as CSV that a spreadsheet opens as it is meant: UTF-8 told by a byte order mark, lines ending in CR LF.
// In: titles and rows of texts. Out: one text. The trap: a cell that begins like a formula runs as one, in East Asian
// Excel also where its sign is full-width, and with blanks before it; such a cell gets an apostrophe in front.

const BYTE_ORDER_MARK = "\ufeff";
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** Return the whole table; rows may come from a generator. */
export function csvOf(titles, rows) {
  const lines = [lineOf(titles)];
  for (const row of rows) lines.push(lineOf(row));
  return BYTE_ORDER_MARK + lines.join("");
}

function lineOf(cells) {
  return `${cells.map(cellOf).join(",")}\r\n`;
}

/** Return a cell as it stands in the file: harmless, and in quotation marks where it needs them. */
export function cellOf(value) {
  const text = String(value ?? "");
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n\t;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
