// Show the words that a statement rests on: the sentence in its article, the passage marked, its ends highlighted.

import { icon, make, nameOf } from "./elements.js";
import { endsOf } from "./model.js";

const QUOTES_AT_ONCE = 3;

/** Make the disclosure below a statement: its sources, or the gazetteer. The sentences come once it is open. */
export function sourceOf(id, context, open) {
  const { model } = context;
  const speech = context.speech();
  const statement = model.statements.get(id);
  const count = statement.passages.length;
  const title = count > 1 ? speech.say("sources", { n: count }) : speech.say("source");
  const quotes = make("div", { class: "quotes", "aria-busy": count ? "true" : false },
    count ? null : make("p", { class: "gazetteer" }, speech.say("gazetteer")));
  const fill = async () => {
    const found = await quotesOf(statement, context);
    if (quotes.ariaBusy !== "true") return;
    quotes.replaceChildren(...found);
    quotes.removeAttribute("aria-busy");
  };
  const details = make("details", { class: "source", open, ontoggle: () => details.open && count && fill() },
    make("summary", {}, title, make("span", { class: "confidence" },
      speech.say("confidence", { n: statement.confidence.toFixed(2) }))),
    quotes,
    make("p", { class: "rules" }, `${speech.say("rule")} `,
      ...statement.rules.flatMap((rule, at) => [at ? " · " : "", make("code", {}, rule)]), " ",
      make("button", { type: "button", class: "more", onclick: () => context.openStatement(id) }, speech.say("statementLink"))));
  return details;
}

/** Make one quotation a sentence, with all passages in it marked; the first ones at once, the others on demand. */
async function quotesOf(statement, context) {
  const { model } = context;
  const speech = context.speech();
  const sentences = new Map();
  for (const [id, start, end] of statement.passages.map(model.passage)) {
    const article = await model.article(id);
    const [from, to] = model.sentence(article.text, start, end);
    const key = `${id} ${from}`;
    if (!sentences.has(key)) sentences.set(key, { article, from, to, passages: [] });
    const sentence = sentences.get(key);
    sentence.to = Math.max(sentence.to, to);
    sentence.passages.push([start, end]);
  }
  const quotes = [...sentences.values()].map((sentence) => quote(sentence, endsOf(statement), context));
  const rest = quotes.splice(QUOTES_AT_ONCE);
  if (rest.length) {
    quotes.push(make("button", { type: "button", class: "more", onclick: (event) => event.target.replaceWith(...rest) },
      speech.say("moreSources", { n: rest.length })));
  }
  return quotes;
}

function quote({ article, from, to, passages }, ends, context) {
  return make("blockquote", {},
    make("p", {}, ...markedText(article, from, to, { passages, ends }, context)),
    make("footer", {}, make("button", { type: "button", class: "article-link", onclick: () => context.openArticle(article.id) },
      nameOf(article.headline || context.speech().say("untitled")))));
}

/** Return the nodes of a stretch of an article: mentions as links, the passage marked, the ends highlighted. */
export function markedText(article, from, to, { passages = [], ends = [] }, context) {
  const mentions = chosenMentions(article.mentions, from, to, ends);
  const cuts = new Set([from, to, ...passages.flat().filter((at) => at > from && at < to)]);
  for (const [start, end] of mentions) cuts.add(start).add(end);
  const points = [...cuts].sort((a, b) => a - b);
  return points.slice(0, -1).map((start, at) => {
    const words = article.text.slice(start, points[at + 1]).join("");
    const mention = mentions.find((m) => m[0] <= start && start < m[1]);
    const node = mention ? mentionLink(words, mention[2], ends, context) : document.createTextNode(words);
    return passages.some((passage) => passage[0] <= start && start < passage[1]) ? make("mark", {}, node) : node;
  });
}

/** Of mentions that lie on each other keep one: an end of the statement first, then the longer. */
function chosenMentions(mentions, from, to, ends) {
  const inside = mentions.filter(([start, end]) => start >= from && end <= to);
  const weight = ([start, end, id]) => (ends.includes(id) ? 1e6 : 0) + end - start;
  const kept = [];
  for (const mention of inside.sort((a, b) => weight(b) - weight(a) || a[0] - b[0])) {
    if (kept.every(([start, end]) => mention[1] <= start || mention[0] >= end)) kept.push(mention);
  }
  return kept.sort((a, b) => a[0] - b[0]);
}

function mentionLink(words, id, ends, context) {
  const entity = context.model.entities.get(id);
  if (!entity) return document.createTextNode(words);
  const kind = ends.includes(id) ? "mention end" : "mention";
  return make("button", { type: "button", class: `${kind} type-${entity.type}`, onclick: () => context.openEntity(id) }, words);
}

/** Make a link to an entity with the mark of its type. */
export function entityLink(id, context) {
  const entity = context.model.entities.get(id);
  if (!entity) return nameOf(id);
  return make("button", { type: "button", class: "entity", onclick: () => context.openEntity(id) },
    icon(entity.type), nameOf(entity.label));
}
