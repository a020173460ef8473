// Fill the side panel: the opening page, an entity, a line between two entities, a statement, a cluster, an article.

import { actions } from "./actions.js";
import { icon, make, nameOf } from "./elements.js";
import { entityLink, markedText, sourceOf } from "./evidence.js";
import { isHead, paragraphsOf } from "./margin.js";
import { neighbourhood } from "./notice.js";
import { clusterPage, head, pathPage, section, statementPage } from "./pages.js";
import { details, statementItem, statementLine } from "./statements.js";
import { readableFigure, readableNumber, readableTime } from "./words.js";

const OPEN_UP_TO = 20; // statements; of more, the sources are shown on demand
const ARTICLES_AT_ONCE = 40;
const PAGES = { entity: entityPage, edge: edgePage, article: articlePage, statement: statementPage, cluster: clusterPage };

/** Show what the state has chosen, from the top if it is another thing than before. */
export function fillPanel(panel, { chosen, path }, context, { isOther }) {
  const scrolled = panel.scrollTop;
  const focused = [...panel.querySelectorAll("button")].indexOf(document.activeElement);
  const page = path ? pathPage(path, context) : chosen ? PAGES[chosen.kind](chosen.id, context) : openingPage(context);
  panel.replaceChildren(...page);
  panel.scrollTop = isOther ? 0 : scrolled;
  if (!isOther && focused >= 0) panel.querySelectorAll("button")[focused]?.focus();
}

const LEADING = 12;
const ranked = new WeakMap(); // once for the lines of a model

function mostLinked(model) {
  if (!ranked.has(model.edgeList)) ranked.set(model.edgeList, leadersOf(model));
  return ranked.get(model.edgeList);
}

/** Return the entities with the most links; all need not be put in order for a few. */
function leadersOf(model) {
  if (model.opening) return [...model.opening.keys()].slice(0, LEADING);
  let leading = [];
  let least = 0;
  for (const { id } of model.entityList) {
    const links = model.degree(id);
    if (!links || links < least) continue;
    leading.push({ id, links });
    if (leading.length < 8 * LEADING) continue;
    leading = leading.sort(byLinks).slice(0, LEADING);
    least = leading.at(-1).links;
  }
  return leading.sort(byLinks).slice(0, LEADING).map(({ id }) => id);
}

function byLinks(a, b) {
  return b.links - a.links || (a.id < b.id ? -1 : 1);
}

function openingPage(context) {
  const { model } = context;
  const speech = context.speech();
  const leading = mostLinked(model);
  const linksOf = (id) => model.opening?.get(id) ?? model.degree(id);
  const most = leading.length ? linksOf(leading[0]) : 1;
  const ranking = leading.map((id) => make("li", {}, entityLink(id, context),
    bar(linksOf(id) / most),
    make("span", { class: "count", "aria-label": speech.say("links", { n: linksOf(id) }) }, String(linksOf(id)))));
  return [
    make("p", { class: "how" }, speech.say("howTo")),
    ...section(speech.say("mostLinked"), "", ranking.length ? make("ol", { class: "ranking" }, ...ranking) : null),
    ...section(speech.say("articles"), "", articleList([...model.articles.keys()].slice(0, ARTICLES_AT_ONCE), context), allArticles(context)),
  ];
}

function bar(share) {
  const element = make("span", { class: "bar", "aria-hidden": "true" });
  element.style.width = `${Math.round(100 * share)}%`; // set as a property: the policy forbids style attributes
  return element;
}

/** Of many articles the panel lists the first; the view for reading has them all. */
function allArticles({ model, store, speech }) {
  if (model.articles.size <= ARTICLES_AT_ONCE) return null;
  return make("button", { type: "button", class: "more", onclick: () => store.set({ view: "reading", reading: null, chosen: null }) },
    speech().say("allOfThem", { n: model.articles.size }));
}

function articleList(ids, context) {
  const items = ids.map((id) => {
    const { headline, published, newspaper } = context.model.articles.get(id);
    const facts = [newspaper, readableTime(published, context.speech().language)].filter(Boolean).join(" · ");
    return make("li", {}, make("button", { type: "button", class: "article-link", onclick: () => context.openArticle(id) },
      nameOf(headline || context.speech().say("untitled"))), facts ? make("span", { class: "faint" }, facts) : null);
  });
  return items.length ? make("ol", { class: "articles" }, ...items) : null;
}

function entityPage(id, context) {
  const { model } = context;
  const speech = context.speech();
  const entity = model.entities.get(id);
  const names = [entity.type, entity.kind].filter(Boolean).map((key) =>
    make("span", {}, speech.term(key), " ", make("span", { class: "other" }, speech.term(key, speech.other))));
  const about = model.about(id);
  const open = about.length <= OPEN_UP_TO;
  const groups = grouped(about, id, context).flatMap(({ title, other, items }) => section(title, other,
    make("ul", { class: "statements" }, ...items.map(([key, line]) => statementItem(key, line, open, context)))));
  return [
    head([icon(entity.type), ...names], [nameOf(entity.label)], context),
    properties(id, entity, context),
    actions(id, context),
    neighbourhood(id, context),
    about.length > 1 ? openAllButton(open, context) : null,
    ...groups,
    ...section(speech.say("dates"), "", dateList(about, open, context)),
    ...section(speech.say("figures"), "", figureTable(about, open, context)),
    about.length || context.source.isGoing(id) ? null : make("p", { class: "faint" }, speech.say(entity.byline ? "bylineOnly" : "noStatement")),
    ...section(speech.say("seenIn"), "", seenIn(id, context)),
  ].filter(Boolean);
}

function properties(id, entity, context) {
  const speech = context.speech();
  const rows = [];
  if (entity.aliases.length) {
    const names = entity.aliases.flatMap((alias, at) => (at ? ["、", nameOf(alias)] : [nameOf(alias)]));
    rows.push(make("dt", {}, speech.say("aliases")), make("dd", {}, ...names));
  }
  if (entity.code) rows.push(make("dt", {}, speech.say("code")), make("dd", { class: "digits" }, entity.code));
  return rows.length ? make("dl", {}, ...rows) : null;
}

function openAllButton(open, context) {
  const speech = context.speech();
  return make("button", { type: "button", class: "open-all", onclick: (event) => {
    const all = [...event.target.closest("aside").querySelectorAll("details")];
    const show = all.some((details) => !details.open);
    for (const details of all) details.open = show;
    event.target.textContent = speech.say(show ? "closeAll" : "openAll");
  } }, speech.say(open ? "closeAll" : "openAll"));
}

/** Group an entity's statements by predicate and direction: [{title, other, items: [[statement id, line]]}]. */
function grouped(about, id, context) {
  const { model, messages } = context;
  const speech = context.speech();
  const groups = new Map();
  for (const key of about) {
    const statement = model.statements.get(key);
    if (statement.kind === "figure" || statement.kind === "date") continue;
    const [p, out] = statement.product === id ? ["byProduct", false] : [statement.p, statement.s === id];
    const at = `${out ? "1" : "2"} ${p}`;
    if (!groups.has(at)) groups.set(at, { p, out, items: [] });
    groups.get(at).items.push([key, statementLine(statement, id, context)]);
  }
  const place = ({ p, out }) => (messages.order.indexOf(p) + 100) % 100 + (out ? 0 : 0.5);
  return [...groups.values()].sort((a, b) => place(a) - place(b)).map(({ p, out, items }) => ({
    title: out ? speech.term(p) : speech.inverse(p),
    other: out ? speech.term(p, speech.other) : speech.inverse(p, speech.other),
    items,
  }));
}

function dateList(about, open, context) {
  const { model } = context;
  const speech = context.speech();
  const dates = about.filter((key) => model.statements.get(key).kind === "date")
    .sort((a, b) => (model.statements.get(a).value < model.statements.get(b).value ? -1 : 1));
  const items = dates.map((key) => {
    const { p, value } = model.statements.get(key);
    return statementItem(key, [make("strong", { class: "digits" }, readableTime(value, speech.language)),
      make("span", {}, speech.term(p), " ", make("span", { class: "other" }, speech.term(p, speech.other)))], open, context);
  });
  return items.length ? make("ul", { class: "statements" }, ...items) : null;
}

function figureTable(about, open, context) {
  const { model, messages } = context;
  const speech = context.speech();
  const figures = about.filter((key) => model.statements.get(key).kind === "figure");
  if (!figures.length) return null;
  const rows = figures.map((key) => {
    const figure = model.statements.get(key);
    const exact = readableNumber(figure.value, speech.language) === figure.value ? undefined : figure.value + figure.unit;
    return make("tbody", {},
      make("tr", {}, make("th", { scope: "row" }, nameOf(figure.indicator)),
        make("td", { class: "digits", title: exact }, readableFigure(figure, speech, messages)),
        make("td", { class: "faint" }, readableTime(figure.time, speech.language))),
      make("tr", {}, make("td", { colspan: 3 }, sourceOf(key, context, open))));
  });
  const titles = ["indicator", "value", "time"].map((key) => make("th", { scope: "col" }, speech.say(key)));
  return make("table", {}, make("thead", {}, make("tr", {}, ...titles)), ...rows);
}

function seenIn(id, context) {
  const items = context.model.seenIn(id).map(([article, times]) => make("li", {},
    make("button", { type: "button", class: "article-link", onclick: () => context.openArticle(article) },
      nameOf(context.model.articles.get(article).headline || context.speech().say("untitled"))),
    times ? make("span", { class: "faint" }, context.speech().say("times", { n: times })) : null));
  return items.length ? make("ol", { class: "articles" }, ...items) : null;
}

function edgePage(id, context) {
  const { model } = context;
  const speech = context.speech();
  const edge = model.edges.get(id);
  const items = edge.statements.map((key) => {
    const statement = model.statements.get(key);
    const verb = make("span", { class: "verb" }, speech.term(statement.p), " ",
      make("span", { class: "other" }, speech.term(statement.p, speech.other)));
    return statementItem(key, [entityLink(statement.s, context), verb, entityLink(statement.o, context),
      ...details(statement, "", context)], true, context);
  });
  return [
    head([speech.say("between")],
      [nameOf(model.entities.get(edge.from).label), make("span", { class: "dash" }, " — "), nameOf(model.entities.get(edge.to).label)], context),
    make("ul", { class: "statements" }, ...items),
  ];
}

function articlePage(id, context) {
  const { model } = context;
  const speech = context.speech();
  const article = model.articles.get(id);
  const facts = [article.newspaper, readableTime(article.published, speech.language), article.source].filter(Boolean);
  const people = (key, ids) => (ids.length
    ? [make("p", { class: "byline" }, `${speech.say(key)} `, ...ids.map((person) => entityLink(person, context)))] : []);
  return [
    head([nameOf(facts.join(" · "))], [nameOf(article.headline || speech.say("untitled"))], context),
    ...people("by", article.authors),
    ...people("photo", article.photographers),
    make("div", { class: "actions" }, make("button", { type: "button", onclick: () => context.read(id) }, speech.say("readWhole"))),
    textOf(id, context),
  ];
}

/** Make the element that the text appears in once it is decoded. */
function textOf(id, context) {
  const element = make("div", { class: "text", "aria-busy": "true" });
  context.model.article(id).then((article) => {
    element.append(...paragraphs(article, context));
    element.removeAttribute("aria-busy");
  });
  return element;
}

function paragraphs(article, context) {
  return paragraphsOf(article.text).filter(([start, end]) => !isHead(article.text.slice(start, end).join(""), article, context.model))
    .map(([start, end]) => make("p", {}, ...markedText(article, start, end, {}, context)));
}
