// Save what is shown as a file: CSV of entities or statements, Turtle. In: the view's context. Out: a download.
// The trap: nothing may leave the page, so the file is a Blob of its own, and the link to it is taken back at once.

import { csvOf } from "./csv.js";
import { make } from "./elements.js";
import { entityTable, recordsOf, statementTable } from "./gathering.js";
import { turtleOf } from "./turtle.js";

const PART = 100_000; // characters
const BREATH = 50; // milliseconds

/** Save the given entities, or all that are shown, as CSV. */
export function saveEntities(context, ids = [...context.filtered().entities]) {
  save(new Blob([csvOf(...entityTable(ids, context))], { type: "text/csv;charset=utf-8" }), "entities.csv");
}

/** Save the given statements, or all that are shown, as CSV. */
export async function saveStatements(context, ids = [...context.filtered().statements]) {
  context.say("saving");
  save(new Blob([csvOf(...await statementTable(ids, context))], { type: "text/csv;charset=utf-8" }), "statements.csv");
  context.say("saved", { name: "statements.csv" });
}

/** Save what is shown as Turtle, with the statements' nodes, passages and articles. */
export async function saveTurtle(context) {
  const { model } = context;
  context.say("saving");
  const records = await recordsOf(model, context.filtered());
  save(new Blob(await joined(turtleOf(records, model.base)), { type: "text/turtle;charset=utf-8" }), "selection.ttl");
  context.say("saved", { name: "selection.ttl" });
}

/** Join many small texts to fewer, and let the page breathe meanwhile: 600,000 blocks take ten seconds. */
async function joined(texts) {
  const parts = [];
  let part = "";
  let since = performance.now();
  for (const text of texts) {
    part += text;
    if (part.length < PART) continue;
    parts.push(part);
    part = "";
    if (performance.now() - since < BREATH) continue;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  }
  return [...parts, part];
}

/** Hand a Blob to the reader under a name. */
export function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser may still be reading it
}
