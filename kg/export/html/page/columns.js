// What stands in the columns of the tables of entities, statements and articles: the words shown, and what they are
// sorted by. In: the context. Out: columns {id, title, width, value(id), text(id)}; one that is
// `wide` stays out of a narrow window. The trap: a number is shown as
// people write it but sorted as a number, a time is shown as precise as it is but sorted by its first day.

import { readableFigure, readableTime } from "./words.js";

/** Return the columns of the table of entities. */
export function entityColumns(context) {
  const { model } = context;
  const speech = context.speech();
  const entity = (id) => model.entities.get(id);
  const kind = (id) => speech.term(entity(id).kind || entity(id).type);
  const home = (id) => model.placesOf(id).reverse().map((place) => labelOf(place, model)).join(""); // as an address
  const number = (count) => ({ numeric: true, value: count, text: (id) => String(count(id) || "") });
  const aliases = (id) => entity(id).aliases.join("、");
  return [
    { id: "name", title: "name", width: "minmax(9em, 3fr)", value: (id) => entity(id).label, text: (id) => entity(id).label, type: (id) => entity(id).type },
    { id: "kind", title: "kind", width: "minmax(5.5em, 1fr)", value: kind, text: kind },
    { id: "place", title: "place", width: "minmax(6em, 2.4fr)", wide: true, value: home, text: home },
    { id: "aliases", title: "aliases", width: "minmax(5em, 1.6fr)", wide: true, value: aliases, text: aliases },
    { id: "links", title: "linkCount", width: "4.5em", ...number((id) => model.degree(id)) },
    { id: "statements", title: "statementCount", width: "4.8em", wide: true, ...number((id) => model.about(id).length) },
    { id: "articles", title: "articleCount", width: "4.5em", wide: true, ...number((id) => model.seenIn(id).length) },
  ];
}

/** Return the columns of the table of statements. */
export function statementColumns(context) {
  const { model } = context;
  const at = (id) => model.statements.get(id);
  return [
    column("subject", "minmax(8em, 2fr)", (id) => labelOf(at(id).s, model), { type: (id) => model.entities.get(at(id).s)?.type }),
    column("predicate", "minmax(6em, 1.2fr)", (id) => predicateText(at(id), context)),
    column("object", "minmax(8em, 2.6fr)", (id) => objectText(at(id), context), {
      type: (id) => model.entities.get(at(id).o)?.type,
      value: (id) => (at(id).kind === "figure" ? Number(at(id).value) : objectText(at(id), context)),
    }),
    column("time", "minmax(8em, 1.6fr)", (id) => at(id).from, { wide: true, text: (id) => timeText(at(id), context) }),
    column("confidence", "5.5em", (id) => at(id).confidence, { wide: true, title: "confidenceTitle", numeric: true, text: (id) => at(id).confidence.toFixed(2) }),
    column("sources", "4.5em", (id) => at(id).passages.length, { wide: true, title: "sourceCount", numeric: true, text: (id) => String(at(id).passages.length || "") }),
  ];
}

/** Return the columns of the list of articles; `counts` tells how many statements each makes. */
export function articleColumns(context, counts) {
  const { model } = context;
  const speech = context.speech();
  const at = (id) => model.articles.get(id);
  const hasNewspapers = [...model.articles.values()].some(({ newspaper }) => newspaper);
  return [
    column("headline", "minmax(11em, 4fr)", (id) => at(id).headline || speech.say("untitled")),
    ...(hasNewspapers ? [column("newspaper", "minmax(6em, 1fr)", (id) => at(id).newspaper, { wide: true })] : []),
    column("published", "8em", (id) => at(id).published, { text: (id) => readableTime(at(id).published, speech.language) }),
    column("characters", "5.5em", (id) => at(id).length, { wide: true, numeric: true, text: (id) => String(at(id).length) }),
    column("statementCount", "5.5em", (id) => counts.get(id) ?? 0, { wide: true, numeric: true, text: (id) => String(counts.get(id) || "") }),
  ];
}

function column(id, width, value, more = {}) {
  return { id, title: id, width, value, text: value, ...more };
}

/** Return the name of an entity, or its identifier where it is unknown. */
export function labelOf(id, model) {
  return id ? model.entities.get(id)?.label ?? id : "";
}

/** Return what a statement says between its ends; of a figure, its indicator. */
export function predicateText(statement, { speech }) {
  return statement.kind === "figure" ? statement.indicator : speech().term(statement.p);
}

/** Return what a statement says of its subject, in words. */
export function objectText(statement, context) {
  const { model, messages } = context;
  const speech = context.speech();
  const other = labelOf(statement.o, model);
  switch (statement.kind) {
    case "figure": return readableFigure(statement, speech, messages);
    case "date": return readableTime(statement.value, speech.language);
    case "position": return [other || speech.say("noBody"), statement.role].filter(Boolean).join(" · ");
    case "funding": return [other, amountText(statement, speech, messages)].filter(Boolean).join(" · ");
    default: return statement.status === "aim" ? `${other}（${speech.say("aim")}）` : other;
  }
}

function amountText({ amount }, speech, messages) {
  return amount ? readableFigure({ value: amount, unit: "元", qualifier: "" }, speech, messages) : speech.say("amountOpen");
}

/** Return the time that a statement tells; empty where it tells none. */
export function ownTime(statement) {
  return (statement.kind === "date" ? statement.value : statement.time) ?? "";
}

/** Return the time of a statement in words; where it tells none, when it was reported. */
export function timeText(statement, context) {
  const { model } = context;
  const speech = context.speech();
  const own = ownTime(statement);
  if (own) return readableTime(own, speech.language);
  const published = statement.articles.map((id) => model.articles.get(id)?.published).filter(Boolean).sort()[0];
  return published ? speech.say("reportedAt", { time: readableTime(published, speech.language) }) : "";
}
