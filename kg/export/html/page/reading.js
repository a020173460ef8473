// The view for reading: the list of articles, and one of them whole, every mention linked in its type's colour, what it
// states in the margin. In: `reading` of the state, or the article that is chosen. Out: a view. The trap: texts come late,
// and the reader may have gone on to another article meanwhile; only the last one asked for is shown.

import { articleColumns, objectText, labelOf, predicateText } from "./columns.js";
import { icon, make, nameOf } from "./elements.js";
import { entityLink, markedText } from "./evidence.js";
import { createGrid } from "./grid.js";
import { isHead, notesOf, paragraphsOf, passagesIn, statementsByArticle } from "./margin.js";
import { endsOf } from "./model.js";
import { sortedBy } from "./sorting.js";
import { nextSort } from "./tables.js";
import { readableNumber, readableTime, shortName } from "./words.js";

const INITIAL_SORT = ["published", "desc"];

/** The view for reading. */
export const readingView = { id: "reading", title: "reading", mount };

function mount(element, context) {
  const { store } = context;
  const sortBy = (column) => store.set({ sort: { ...store.get().sort, reading: nextSort(store.get().sort.reading ?? INITIAL_SORT, column) } });
  const view = {
    context, byArticle: new Map(), rows: null, shown: "",
    title: make("h2", { class: "view-title" }), list: make("div", { class: "article-list" }), page: make("article", { class: "article", tabindex: -1 }),
    grid: createGrid({ name: "reading", open: (id) => context.openArticle(id), sortBy }),
  };
  view.list.append(make("div", { class: "view-head" }, view.title), view.grid.element);
  element.classList.add("sheet", "sheet-reading");
  element.append(view.list, view.page);
  return { update: (state) => update(view, state) };
}

function update(view, state) {
  const { context } = view;
  if (view.rows !== context.model.statementList) Object.assign(view, { byArticle: statementsByArticle(context.model), rows: context.model.statementList });
  view.here = { ...context, openEntity: (id) => leaveOpen(view, "entity", id), openStatement: (id) => leaveOpen(view, "statement", id) };
  const id = articleOf(view, state);
  view.list.hidden = Boolean(id);
  view.page.hidden = !id;
  if (id) drawArticle(view, id, state);
  else drawList(view, state);
}

/** The article that is chosen or was being read, or that a chosen statement stands in; one that nobody knows is none. */
function articleOf({ context: { model } }, { chosen, reading }) {
  const [stated] = chosen?.kind === "statement" ? model.statements.get(chosen.id)?.articles ?? [] : [];
  const wanted = chosen?.kind === "article" ? chosen.id : reading ?? stated;
  return model.articles.has(wanted) ? wanted : null;
}

/** Choose a thing of the article, and stay in the article. */
function leaveOpen({ context: { store }, article }, kind, id) {
  store.set({ reading: article, chosen: { kind, id } });
}

// ---- the list

function drawList(view, state) {
  const { context, byArticle, title, grid } = view;
  const { model } = context;
  const speech = context.speech();
  const { statements } = context.filtered();
  const counts = new Map([...byArticle].map(([article, ids]) => [article, ids.filter((id) => statements.has(id)).length]));
  const columns = articleColumns(context, counts);
  const sort = state.sort.reading ?? INITIAL_SORT;
  const column = columns.find(({ id }) => id === sort[0]) ?? columns[0];
  const wanted = [...model.articles.keys()].filter((id) => (state.filter.article ? id === state.filter.article : isPlain(state.filter) || counts.get(id)));
  title.textContent = speech.say("articlesCount", { n: readableNumber(String(wanted.length), "en") });
  grid.show({ columns, ids: sortedBy(wanted, column.value, sort[1]), sort, label: speech.say("reading"), speech });
  view.shown = "";
}

function isPlain({ types, predicates, place, from, to, confidence, text }) {
  return !(types || predicates || place || from || to || confidence || text);
}

// ---- one article

async function drawArticle(view, id, state) {
  const { model, filtered } = view.context;
  const chosen = state.chosen?.kind === "statement" ? state.chosen.id : "";
  const signature = [id, chosen, state.language, JSON.stringify(state.filter), model.statements.size].join(" ");
  if (signature === view.shown) return;
  const isOther = view.article !== id || !view.shown;
  view.shown = signature;
  view.article = id;
  view.page.setAttribute("aria-busy", "true");
  const article = await model.article(id);
  if (signature !== view.shown) return;
  const { statements } = filtered();
  const scrolled = view.page.scrollTop;
  const focused = document.activeElement?.dataset?.statement;
  view.page.replaceChildren(...headOf(view, article), ...bodyOf(view, article, chosen, (view.byArticle.get(id) ?? []).filter((key) => statements.has(key))));
  view.page.removeAttribute("aria-busy");
  view.page.scrollTop = isOther ? 0 : scrolled;
  if (focused) view.page.querySelector(`[data-statement="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  if (chosen) view.page.querySelector("mark")?.scrollIntoView({ block: "nearest" });
}

function headOf(view, article) {
  const { here, context: { store } } = view;
  const speech = here.speech();
  const facts = [article.newspaper, readableTime(article.published, speech.language), article.source].filter(Boolean);
  const people = (key, ids) => (ids.length ? [make("span", {}, `${speech.say(key)} `, ...ids.map((id) => entityLink(id, here)))] : []);
  const back = () => store.set({ reading: null, chosen: null });
  return [
    make("button", { type: "button", class: "tool back", onclick: back }, speech.say("allArticles")),
    make("header", {},
      make("p", { class: "kicker" }, nameOf(shortName(facts.join(" · "), 200))),
      make("h2", { tabindex: -1 }, nameOf(article.headline || speech.say("untitled"))),
      make("p", { class: "byline" }, ...people("by", article.authors), ...people("photo", article.photographers),
        make("span", {}, speech.say("articleFacts", { n: article.length, entities: here.model.namedIn(article.id).length })))),
  ];
}

function bodyOf(view, article, chosen, ids) {
  const { here } = view;
  const paragraphs = paragraphsOf(article.text).filter(([start, end]) => !isHead(article.text.slice(start, end).join(""), article, here.model));
  const notes = notesOf(paragraphs, article.id, ids, here.model);
  const statement = here.model.statements.get(chosen);
  const passages = statement ? passagesIn(article.id, statement, here.model) : [];
  const ends = statement ? endsOf(statement) : [];
  return paragraphs.map(([start, end], at) => make("div", { class: "paragraph" },
    make("p", {}, ...markedText(article, start, end, { passages, ends }, here)),
    notes[at].length ? make("ul", { class: "margin", "aria-label": here.speech().say("statedHere") }, ...notes[at].map(({ id }) => note(id, id === chosen, here))) : null));
}

function note(id, isChosen, here) {
  const { model, openStatement } = here;
  const statement = model.statements.get(id);
  const type = model.entities.get(statement.s)?.type;
  const brief = (text) => nameOf(shortName(text, 40));
  return make("li", {}, make("button", { type: "button", "data-statement": id, "aria-pressed": String(isChosen), onclick: () => openStatement(id) },
    type ? icon(type) : null, brief(labelOf(statement.s, model)), " ", make("span", { class: "verb" }, brief(predicateText(statement, here))), " ",
    brief(objectText(statement, here))));
}
