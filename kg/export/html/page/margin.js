// Which statements stand beside which paragraph of an article. In: its text as an array of characters, and passages.
// Out: paragraphs with notes. The trap: one statement may rest on several passages of one article; it is noted once, at
// the first of them, and all of them are marked when it is chosen.

/** Return the paragraphs of a text, [[start, end]], without empty ones. */
export function paragraphsOf(text) {
  const paragraphs = [];
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    if (text.slice(start, end).some((character) => character.trim())) paragraphs.push([start, end]);
    start = end + 1;
  }
  return paragraphs;
}

/** Tell whether a line only repeats the headline or the byline, which stand above the text already. */
export function isHead(line, { headline, authors }, { entities }) {
  const names = authors.map((id) => entities.get(id)?.label ?? "");
  return line === headline || names.reduce((rest, name) => rest.replace(name, ""), line).trim() === "";
}

/** Return the statements of each article: Map article → [statement ids]. */
export function statementsByArticle(model) {
  const byArticle = new Map();
  for (const { id, articles } of model.statements.values()) {
    for (const article of articles) {
      if (!byArticle.has(article)) byArticle.set(article, []);
      byArticle.get(article).push(id);
    }
  }
  return byArticle;
}

/** Return the stretches of an article that a statement rests on, in the order of the text. */
export function passagesIn(article, statement, model) {
  return statement.passages.map(model.passage).filter(([id]) => id === article).map(([, start, end]) => [start, end])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** Return the notes of each paragraph, in the order of the text: [[{id, start}]]. */
export function notesOf(paragraphs, article, ids, model) {
  const notes = paragraphs.map(() => []);
  for (const id of ids) {
    const [first] = passagesIn(article, model.statements.get(id), model);
    const at = first ? paragraphs.findLastIndex(([start]) => start <= first[0]) : -1;
    if (at >= 0) notes[at].push({ id, start: first[0] });
  }
  for (const list of notes) list.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  return notes;
}
