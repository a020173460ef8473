// Say statements: as seen from one of their ends, with role, money, time and status, and with their source below.

import { make, nameOf } from "./elements.js";
import { entityLink, sourceOf } from "./evidence.js";
import { readableFigure, readableTime } from "./words.js";

export function statementItem(key, line, open, context) {
  return make("li", {}, make("div", { class: "line" }, ...line), sourceOf(key, context, open));
}

/** Say a statement as seen from one of its ends: the other end, with role, money, time and status. */
export function statementLine(statement, id, context) {
  const speech = context.speech();
  const others = statement.product === id ? [statement.s, statement.o] : [statement.s === id ? statement.o : statement.s];
  const links = others.flatMap((other, at) => [at ? " → " : null,
    other ? entityLink(other, context) : make("span", { class: "faint" }, speech.say("noBody"))]);
  return [...links, ...details(statement, id, context)];
}

export function details(statement, id, context) {
  const { messages } = context;
  const speech = context.speech();
  const parts = [];
  if (statement.role) parts.push(make("strong", {}, nameOf(statement.role)));
  if (statement.status) parts.push(make("em", {}, speech.say("aim")));
  if (statement.kind === "funding") {
    parts.push(make("strong", { class: "digits" }, statement.amount
      ? readableFigure({ value: statement.amount, unit: "元", qualifier: "" }, speech, messages)
      : speech.say("amountOpen")));
    if (statement.product && statement.product !== id) {
      parts.push(make("span", {}, `${speech.say("byProduct")} `, entityLink(statement.product, context)));
    }
  }
  if (statement.time) parts.push(make("span", { class: "faint" }, readableTime(statement.time, speech.language)));
  return parts;
}

/** Say a statement in full, from neither of its ends. */
export function wholeLine(id, context) {
  const { model, messages } = context;
  const speech = context.speech();
  const statement = model.statements.get(id);
  const subject = entityLink(statement.s, context);
  const time = statement.time ? make("span", { class: "faint" }, readableTime(statement.time, speech.language)) : null;
  if (statement.kind === "figure") {
    return [subject, nameOf(statement.indicator), make("strong", { class: "digits" }, readableFigure(statement, speech, messages)), time];
  }
  const verb = make("span", { class: "verb" }, speech.term(statement.p), " ", make("span", { class: "other" }, speech.term(statement.p, speech.other)));
  if (statement.kind === "date") return [subject, verb, make("strong", { class: "digits" }, readableTime(statement.value, speech.language))];
  const object = statement.o ? entityLink(statement.o, context) : make("span", { class: "faint" }, speech.say("noBody"));
  return [subject, verb, object, ...details(statement, "", context)];
}
