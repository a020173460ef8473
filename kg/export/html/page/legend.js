// The legend, which is the filter by type: each chip shows a mark, its type in both languages and how many are shown.

import { icon, make } from "./elements.js";

/** Fill the element with chips that follow the state. */
export function createLegend(element, context) {
  const { model, store } = context;
  let [bylines, present, rows] = [false, [], null];
  const set = (facets) => store.set({ filter: { ...store.get().filter, ...facets } });

  function toggle(type) {
    const { types } = store.get().filter;
    const shown = new Set(types ?? present);
    if (!shown.delete(type)) shown.add(type);
    set({ types: present.every((each) => shown.has(each)) ? null : present.filter((each) => shown.has(each)) });
  }

  function look() {
    if (rows === model.entityList) return;
    rows = model.entityList;
    bylines = rows.some(({ byline }) => byline);
    const borne = new Set(rows.map(({ type, byline }) => (byline ? "" : type)));
    present = model.types.filter((type) => borne.has(type));
  }

  return function update() {
    look();
    const { filter } = store.get();
    const { counts } = context.filtered();
    const speech = context.speech();
    const chips = present.map((type) => chip({
      mark: icon(type), zh: speech.term(type, "zh"), en: speech.term(type, "en"), count: counts.types.get(type) ?? 0,
      pressed: !filter.types || filter.types.includes(type), change: () => toggle(type),
    }));
    if (bylines) {
      chips.push(chip({
        mark: icon("Person"), zh: speech.say("byline", {}, "zh"), en: speech.say("byline", {}, "en"), count: counts.bylines,
        pressed: filter.bylines, change: () => set({ bylines: !filter.bylines }),
      }));
    }
    const every = (types, word) => make("button", { type: "button", class: "plain", onclick: () => set({ types }) }, speech.say(word));
    if (present.length) chips.push(every(null, "all"), every([], "none"));
    const at = [...element.children].indexOf(document.activeElement);
    element.replaceChildren(...chips);
    if (at >= 0) element.children[at]?.focus();
  };
}

function chip({ mark, zh, en, count, pressed, change }) {
  return make("button", { type: "button", class: count ? "chip" : "chip none", "aria-pressed": String(pressed), onclick: change },
    mark, make("span", { lang: "zh" }, zh), make("span", { class: "other", lang: "en" }, en), make("span", { class: "count" }, String(count)));
}
