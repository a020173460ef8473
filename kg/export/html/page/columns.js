// What stands in the columns of the tables of entities, statements and articles: the words shown, and what they are
// sorted by. In: the model and a speech. Out: columns {id, title, value(id), text(id)}. The trap: a number is shown as
// people write it but sorted as a number, a time is shown as precise as it is but sorted by its first day.

import { readableFigure, readableNumber, readableTime } from "./words.js";

/** Return the columns of the table of entities. */
export function entityColumns({ model, speech }) {
  const entity = (id) => model.entities.get(id);
  const kind = (id) => speech.term(entity(id).kind || entity(id).type);
  const home = (id) => model.placesOf(id).filter((place) => place !== id).map((place) => labelOf(place, model)).join("、");
  const number = (count) => ({ value: count, text: (id) => String(count(id) || "") });
  return [
    { id: "name", title: "name", value: (id) => entity(id).label, text: (id) => entity(id).label, type: (id) => entity(id).type },
    { id: "kind", title: "kind", value: kind, text: kind },
    { id: "place", title: "place", value: home, text: home },
    { id: "aliases", title: "aliases", value: (id) => entity(id).aliases.join("、"), text: (id) => entity(id).aliases.join("、") },
    { id: "links", title: "linkCount", numeric: true, ...number((id) => model.degree(id)) },
    { id: "statements", title: "statementCount", numeric: true, ...number((id) => model.about(id).length) },
    { id: "articles", title: "articleCount", numeric: true, ...number((id) => model.seenIn(id).length) },
  ];
}

/** Return the columns of the table of statements. */
export function statementColumns(context) {
  const { model } = context;
  const at = (id) => model.statements.get(id);
  const column = (id, value, more = {}) => ({ id, title: id, value, text: value, ...more });
  return [
    column("subject", (id) => labelOf(at(id).s, model), { type: (id) => model.entities.get(at(id).s)?.type }),
    column("predicate", (id) => predicateText(at(id), context)),
    column("object", (id) => objectText(at(id), context), {
      type: (id) => model.entities.get(at(id).o)?.type,
      value: (id) => (at(id).kind === "figure" ? Number(at(id).value) : objectText(at(id), context)),
    }),
    column("time", (id) => at(id).from ?? "", { text: (id) => timeText(at(id), context) }),
    column("confidence", (id) => at(id).confidence, { title: "confidenceTitle", numeric: true, text: (id) => at(id).confidence.toFixed(2) }),
    column("sources", (id) => at(id).passages.length, { title: "sourceCount", numeric: true, text: (id) => String(at(id).passages.length || "") }),
  ];
}

/** Return the columns of the list of articles. */
export function articleColumns({ model, speech }, counts) {
  const at = (id) => model.articles.get(id);
  const column = (id, value, more = {}) => ({ id, title: id, value, text: value, ...more });
  return [
    column("headline", (id) => at(id).headline || speech.say("untitled")),
    column("newspaper", (id) => at(id).newspaper),
    column("published", (id) => at(id).published, { text: (id) => readableTime(at(id).published, speech.language) }),
    column("characters", (id) => at(id).length, { numeric: true, text: (id) => readableNumber(String(at(id).length), speech.language) }),
    column("statementCount", (id) => counts.get(id) ?? 0, { numeric: true, text: (id) => String(counts.get(id) ?? "") }),
  ];
}

/** Return the name of an entity, or its identifier where it is unknown. */
export function labelOf(id, model) {
  return id ? model.entities.get(id)?.label ?? id : "";
}

/** Return what a statement says between its ends; of a figure, its indicator. */
export function predicateText(statement, { speech }) {
  return statement.kind === "figure" ? statement.indicator : speech.term(statement.p);
}

/** Return what a statement says of its subject, in words. */
export function objectText(statement, { model, speech, messages }) {
  const other = labelOf(statement.o, model);
  switch (statement.kind) {
    case "figure": return readableFigure(statement, speech, messages);
    case "date": return readableTime(statement.value, speech.language);
    case "position": return [other || speech.say("noBody"), statement.role].filter(Boolean).join(" · ");
    case "funding": return [other, amountText(statement, { speech, messages })].filter(Boolean).join(" · ");
    default: return statement.status === "aim" ? `${other}（${speech.say("aim")}）` : other;
  }
}

function amountText({ amount }, { speech, messages }) {
  return amount ? readableFigure({ value: amount, unit: "元", qualifier: "" }, speech, messages) : speech.say("amountOpen");
}

/** Return the time that a statement tells; empty where it tells none. */
export function ownTime(statement) {
  return (statement.kind === "date" ? statement.value : statement.time) ?? "";
}

/** Return the time of a statement in words; where it tells none, when it was reported. */
export function timeText(statement, { model, speech }) {
  const own = ownTime(statement);
  if (own) return readableTime(own, speech.language);
  const published = statement.articles.map((id) => model.articles.get(id)?.published).filter(Boolean).sort()[0];
  return published ? speech.say("reportedAt", { time: readableTime(published, speech.language) }) : "";
}
