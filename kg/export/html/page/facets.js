// The filters beside the picture: predicate, place with everything inside it, article, time, confidence.
// Each choice shows how many it would leave, whatever is chosen in the other facets. Below the masthead the filters in
// force stand as chips, each of which takes itself away.

import { make, nameOf } from "./elements.js";
import { predicateOf } from "./filter.js";
import { folded } from "./finding.js";
import { shortName } from "./words.js";

const LISTED = 8;

/** Fill the element with the facets as long as it is open, which the button changes; they follow the state. */
export function createFacets(element, button, context) {
  const { store } = context;
  const set = (facets, how) => store.set({ filter: { ...store.get().filter, ...facets } }, how);
  const typed = { place: "", article: "" };
  let [predicates, rows] = [null, null]; // what is present is counted when the facets are opened
  button.addEventListener("click", () => {
    element.hidden = !element.hidden;
    button.setAttribute("aria-expanded", String(!element.hidden));
    update();
    if (!element.hidden && matchMedia("(max-width: 760px)").matches) element.scrollIntoView({ block: "start" });
    context.resized();
  });
  return update;

  function update() {
    if (element.hidden) return;
    if (rows !== context.model.statementList) [predicates, rows] = [predicateFacet(context, set), context.model.statementList];
    const speech = context.speech();
    const { filter } = store.get();
    const { counts } = context.filtered();
    const focused = focusedKey(element);
    element.replaceChildren(
      make("h2", {}, speech.say("filters")),
      group(speech.say("facetPlace"), pickList("place", placesOf(context, counts), filter.place, typed, set, context, update)),
      group(speech.say("facetPredicate"), ...predicates(counts, filter)),
      group(speech.say("facetTime"), ...timeFacet(counts, filter, set, context)),
      group(speech.say("facetArticle"), pickList("article", articlesOf(context, counts), filter.article, typed, set, context, update)),
      group(speech.say("facetConfidence"), confidenceFacet(filter, set, context)),
    );
    if (focused) element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }
}

function focusedKey(element) {
  return element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
}

function group(title, ...content) {
  return make("fieldset", {}, make("legend", {}, title), ...content);
}

function predicateFacet({ model, speech }, set) {
  const present = [...new Set([...model.statements.values()].map(predicateOf))];
  return (counts, filter) => {
    const rows = present.map((name) => [name, counts.predicates.get(name) ?? 0]);
    rows.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return rows.map(([name, count]) => make("label", { class: "choice" },
      make("input", {
        type: "checkbox", checked: filter.predicates?.includes(name) ?? false, "data-key": `predicate ${name}`,
        onchange: (event) => {
          const chosen = new Set(filter.predicates ?? []);
          if (event.target.checked) chosen.add(name); else chosen.delete(name);
          set({ predicates: chosen.size ? [...chosen].sort() : null });
        },
      }),
      make("span", {}, speech().term(name)), make("span", { class: "count" }, String(count))));
  };
}

function placesOf({ model }, counts) {
  return [...counts.places].map(([id, count]) => ({ id, count, name: model.entities.get(id)?.label ?? id }));
}

function articlesOf({ model, speech }, counts) {
  return [...counts.articles].map(([id, count]) => ({ id, count, name: model.articles.get(id).headline || speech().say("untitled") }));
}

/** Offer the fullest of many choices, and others as one types part of their names. */
function pickList(facet, rows, chosen, typed, set, { speech }, update) {
  const wanted = folded(typed[facet]);
  const fitting = rows.filter(({ id, name }) => id === chosen || !wanted || folded(name).includes(wanted));
  fitting.sort((a, b) => (b.id === chosen) - (a.id === chosen) || b.count - a.count || (a.id < b.id ? -1 : 1));
  const items = fitting.slice(0, LISTED).map(({ id, name, count }) => make("li", {},
    make("button", {
      type: "button", class: "choice", "aria-pressed": String(id === chosen), "data-key": `${facet} ${id}`,
      onclick: () => set({ [facet]: id === chosen ? null : id }),
    }, nameOf(shortName(name, 24)), make("span", { class: "count" }, String(count)))));
  const box = rows.length > LISTED ? make("input", {
    type: "search", class: "narrow", value: typed[facet], "data-key": `find ${facet}`, placeholder: speech().say("narrow", { n: rows.length }),
    "aria-label": speech().say("narrow", { n: rows.length }),
    oninput: (event) => {
      typed[facet] = event.target.value;
      if (!event.isComposing) update(); // letters that are still becoming characters are left alone
    },
    oncompositionend: () => update(),
  }) : null;
  if (box) box.setSelectionRange(typed[facet].length, typed[facet].length);
  return make("div", {}, box, make("ul", {}, ...items));
}

function timeFacet(counts, filter, set, { speech }) {
  const most = Math.max(1, ...counts.years.values());
  const years = [...counts.years].sort(([a], [b]) => (a < b ? -1 : 1));
  const isIn = (year) => (filter.from || filter.to) && (!filter.from || year >= filter.from.slice(0, 4)) && (!filter.to || year <= filter.to.slice(0, 4));
  const columns = years.map(([year, count]) => {
    const bar = make("span", { class: "column" });
    bar.style.height = `${Math.max(2, Math.round((36 * count) / most))}px`;
    return make("button", {
      type: "button", "aria-pressed": String(Boolean(isIn(year))), "data-key": `year ${year}`, title: `${year}: ${count}`, "aria-label": `${year}: ${count}`,
      onclick: (event) => {
        const alone = filter.from === year && filter.to === year;
        if (event.shiftKey && filter.from) set({ from: year < filter.from ? year : filter.from, to: year > filter.to ? year : filter.to });
        else set(alone ? { from: "", to: "" } : { from: year, to: year });
      },
    }, bar);
  });
  const box = (key) => make("input", {
    type: "text", class: "day digits", value: filter[key], placeholder: "2022-07", pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?", "aria-label": speech().say(key),
    "data-key": key, onchange: (event) => (event.target.checkValidity() ? set({ [key]: event.target.value.trim() }) : event.target.reportValidity()),
  });
  return [make("div", { class: "years" }, ...columns), make("div", { class: "range" }, box("from"), make("span", {}, "–"), box("to"))];
}

function confidenceFacet(filter, set, { speech }) {
  const told = make("output", { class: "digits" }, filter.confidence.toFixed(2));
  return make("label", { class: "choice" }, make("span", { class: "unseen" }, speech().say("facetConfidence")),
    make("input", {
      type: "range", min: 0, max: 1, step: 0.05, value: filter.confidence, "data-key": "confidence",
      oninput: (event) => { told.value = Number(event.target.value).toFixed(2); },
      onchange: (event) => set({ confidence: Number(event.target.value) }),
    }), told);
}

/** Fill the element with the filters in force, each of which takes itself away. */
export function createActive(element, context) {
  const { model, store } = context;
  return function update() {
    const { filter, hidden, scene } = store.get();
    const speech = context.speech();
    const set = (facets) => () => store.set({ filter: { ...store.get().filter, ...facets } });
    const chips = [
      filter.place && [speech.say("facetPlace"), model.entities.get(filter.place)?.label ?? filter.place, set({ place: null })],
      filter.article && [speech.say("facetArticle"), model.articles.get(filter.article)?.headline ?? filter.article, set({ article: null })],
      filter.predicates && [speech.say("facetPredicate"), filter.predicates.map((name) => speech.term(name)).join(speech.say("comma")), set({ predicates: null })],
      (filter.from || filter.to) && [speech.say("facetTime"), `${filter.from || "…"} – ${filter.to || "…"}`, set({ from: "", to: "" })],
      filter.confidence > 0 && [speech.say("facetConfidence"), `≥ ${filter.confidence.toFixed(2)}`, set({ confidence: 0 })],
      filter.text && [speech.say("facetText"), filter.text, set({ text: "" })],
      hidden.length > 0 && [speech.say("hiddenOnes"), String(hidden.length), () => store.set({ hidden: [] })],
      scene.kind === "around" && [speech.say("sceneAround"), scene.ids.map((id) => model.entities.get(id)?.label ?? id).join(speech.say("comma")),
        () => store.set({ scene: { kind: "overview", ids: [] } })],
    ].filter(Boolean);
    element.replaceChildren(...chips.map(([title, value, remove]) => make("button", { type: "button", class: "active", title: speech.say("takeAway"), onclick: remove },
      make("span", { class: "faint" }, title), " ", nameOf(shortName(value, 24)), make("span", { "aria-hidden": "true" }, " ×"))));
    element.hidden = !chips.length;
  };
}
