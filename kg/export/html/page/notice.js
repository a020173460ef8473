// How far a page that fetches has got: what is on its way, what could not be had, and what a neighbourhood holds beyond
// what is here. In: the context. Out: a line over the picture, and a part of an entity's page. A page that holds
// everything has neither.

import { make } from "./elements.js";
import { endsOf } from "./model.js";

/** Fill the element with what is to be said of fetching; it follows the state. */
export function createNotice(element, context) {
  const { source } = context;
  return function update(state) {
    const speech = context.speech();
    const trouble = source.trouble();
    const cut = state.view === "graph" ? shownIds(state).map((id) => sizeOf(id, context)).find((size) => size?.isCut) : null;
    const parts = trouble ? [speech.say("cannotFetch", trouble), " ", retry(trouble, speech)]
      : source.isBusy() ? [speech.say("fetching")]
        : cut ? [speech.say("cut", cut), " ", more(cut.id, context)]
          : source.isWhole || state.view === "graph" ? [] : [speech.say("onlyFetched")];
    element.classList.toggle("trouble", Boolean(trouble));
    element.hidden = !parts.length;
    element.replaceChildren(...parts);
  };
}

function shownIds({ scene, chosen, expanded }) {
  return [...(chosen?.kind === "entity" ? [chosen.id] : []), ...expanded, ...(scene.kind === "around" ? scene.ids : [])];
}

/** Return how much of a neighbourhood is here: {id, name, n, total, isCut}; null where nothing was fetched. */
function sizeOf(id, { model, source, speech }) {
  const reached = source.reached(id);
  if (!reached || !model.entities.has(id)) return null;
  const [here, language] = [model.about(id).length, speech().language];
  const [n, total] = [Math.min(here, reached.total), reached.total].map((value) => value.toLocaleString(language));
  return { id, name: model.entities.get(id).label, n, total, isCut: reached.next !== null && here < reached.total };
}

/** Make the part of an entity's page that tells how much of what the store knows of it is here, and fetches more. */
export function neighbourhood(id, context) {
  const { source } = context;
  const speech = context.speech();
  const trouble = source.trouble();
  if (source.isGoing(id)) return make("p", { class: "reach", "aria-busy": "true" }, speech.say("fetching"));
  if (!source.isWhole && trouble && !source.reached(id)) return make("p", { class: "reach trouble" }, speech.say("cannotFetch", trouble), " ", retry(trouble, speech));
  const size = sizeOf(id, context);
  return size?.isCut ? make("div", { class: "reach" }, make("p", {}, speech.say("cut", size), " ", more(id, context)), byRelation(id, context)) : null;
}

function retry({ again }, speech) {
  return make("button", { type: "button", class: "more", onclick: again }, speech.say("tryAgain"));
}

function more(id, { source, speech }) {
  return make("button", { type: "button", class: "more", onclick: () => source.reach(id, { more: true }) }, speech().say("fetchMore"));
}

/** Offer the relations of which not all is here, each with how much there is. */
function byRelation(id, context) {
  const { source } = context;
  const speech = context.speech();
  const { relations, taken } = source.reached(id);
  const here = countsOf(id, context.model);
  const open = relations.filter(({ key, count }) => taken[key] !== null && (here.get(key) ?? 0) < count);
  return make("ul", { class: "relations", "aria-label": speech.say("byRelation") }, ...open.map(({ key, count }) => make("li", {},
    make("button", { type: "button", class: "more", onclick: () => source.reach(id, { relation: key, more: true }) }, relationName(key, speech)),
    make("span", { class: "count" }, `${here.get(key) ?? 0} / ${count.toLocaleString(speech.language)}`))));
}

const PARTS = { position: ["member", "organization"], funding: ["funder", "recipient", "product"], figure: ["about"] };

/** Return how many statements of each relation are here; a relation is called as the store calls it: `subject within`. */
function countsOf(id, model) {
  const counts = new Map();
  for (const statement of model.about(id).map((key) => model.statements.get(key))) {
    const [subject, object, product] = PARTS[statement.kind] ?? [`subject ${statement.p}`, `object ${statement.p}`];
    for (const end of endsOf(statement).filter((each) => each === id)) {
      const key = end === statement.s ? subject : end === statement.o ? object : product;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

function relationName(key, speech) {
  const [end, p] = key.split(" ");
  const names = { member: () => speech.term("holdsPositionIn"), organization: () => speech.inverse("holdsPositionIn"),
    funder: () => speech.term("finances"), recipient: () => speech.inverse("finances"), product: () => speech.inverse("byProduct"), about: () => speech.term("Observation") };
  return names[end]?.() ?? (end === "subject" ? speech.term(p) : speech.inverse(p));
}
