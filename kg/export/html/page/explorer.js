// The page: state (language, what is chosen, which types are hidden), and what follows from it.

import { createDrawing } from "./drawing.js";
import { icon, make } from "./elements.js";
import { loadData } from "./load.js";
import { createModel } from "./model.js";
import { fillPanel } from "./panel.js";
import { createSearchBox } from "./search.js";
import { createSpeech } from "./words.js";

loadData(document).then(start);

function start(data) {
  const model = createModel(data);
  const byId = (id) => document.getElementById(id);
  const state = {
    language: (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en",
    chosen: null,
    hiddenTypes: new Set(),
    bylines: false,
  };

  const drawing = createDrawing(byId("canvas"), data.picture, model, {
    choose(node, edge) {
      if (node) choose({ kind: "entity", id: node });
      else if (edge) choose({ kind: "edge", id: edge });
      else choose(null);
    },
    approach: (node) => context().approach(node),
  });

  function context() {
    return {
      model,
      messages: data.messages,
      speech: createSpeech(data.messages, data.labels, state.language),
      openEntity: (id) => choose({ kind: "entity", id }),
      openArticle: (id) => choose({ kind: "article", id }),
      approach: (id) => drawing.fit([id, ...model.neighbours(id)], 1.25),
      close: () => choose(null),
    };
  }

  /** Choose an entity, an edge or an article, or nothing; panel and picture follow. */
  function choose(chosen) {
    state.chosen = chosen;
    applyFilter();
    drawing.focusOn(focusOf(chosen));
    if (chosen?.kind === "entity") drawing.reveal([chosen.id, ...model.neighbours(chosen.id)]);
    fillPanel(byId("panel"), chosen, context());
    if (chosen) {
      byId("panel").querySelector("h2")?.focus({ preventScroll: true });
      if (matchMedia("(max-width: 760px)").matches) byId("panel").scrollIntoView({ block: "start" });
    }
  }

  function focusOf(chosen) {
    if (chosen?.kind === "entity") {
      const edges = new Set(model.edgesOf(chosen.id).map((edge) => edge.id));
      return { center: chosen.id, nodes: new Set([chosen.id, ...model.neighbours(chosen.id)]), edges };
    }
    if (chosen?.kind === "edge") {
      const { from, to } = model.edges.get(chosen.id);
      return { center: null, nodes: new Set([from, to]), edges: new Set([chosen.id]) };
    }
    if (chosen?.kind === "article") {
      const nodes = new Set(model.namedIn(chosen.id));
      const edges = [...model.edges.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to));
      return { center: null, nodes, edges: new Set(edges.map((edge) => edge.id)) };
    }
    return null;
  }

  function applyFilter() {
    const chosen = state.chosen?.kind === "entity" ? state.chosen.id : null;
    drawing.filter((id) => {
      const entity = model.entities.get(id);
      return id === chosen || (!state.hiddenTypes.has(entity.type) && (state.bylines || !entity.byline));
    });
  }

  function drawLegend() {
    const present = [...model.entities.values()];
    const chips = data.types.map((type) => {
      const count = present.filter((entity) => entity.type === type && !entity.byline).length;
      return count ? chip(icon(type), data.labels[type], count, !state.hiddenTypes.has(type), () => toggle(state.hiddenTypes, type)) : null;
    });
    const bylines = present.filter((entity) => entity.byline).length;
    const [zh, en] = data.messages.byline;
    const { speech } = context();
    const every = (hidden) => () => { state.hiddenTypes = new Set(hidden); refresh(); };
    byId("legend").replaceChildren(...chips.filter(Boolean),
      ...(bylines ? [chip(icon("Person"), { zh, en }, bylines, state.bylines, () => { state.bylines = !state.bylines; })] : []),
      ...(present.length ? [
        make("button", { type: "button", class: "plain", onclick: every([]) }, speech.say("all")),
        make("button", { type: "button", class: "plain", onclick: every(data.types) }, speech.say("none")),
      ] : []));
  }

  function chip(mark, { zh, en }, count, pressed, change) {
    return make("button", { type: "button", class: "chip", "aria-pressed": String(pressed), onclick: (event) => {
      const at = [...byId("legend").children].indexOf(event.currentTarget);
      change();
      refresh();
      byId("legend").children[at]?.focus();
    } }, mark, make("span", { lang: "zh" }, zh), make("span", { class: "other", lang: "en" }, en), make("span", { class: "count" }, String(count)));
  }

  function toggle(set, value) {
    if (!set.delete(value)) set.add(value);
  }

  function refresh() {
    drawLegend();
    applyFilter();
  }

  /** Write all words of the page in the chosen language. */
  function speak() {
    const { speech } = context();
    document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
    for (const element of document.querySelectorAll("[data-say]")) element.textContent = speech.say(element.dataset.say);
    for (const element of document.querySelectorAll("[data-say-label]")) element.setAttribute("aria-label", speech.say(element.dataset.sayLabel));
    for (const element of document.querySelectorAll("[data-say-placeholder]")) element.placeholder = speech.say(element.dataset.sayPlaceholder);
    byId("deck").textContent = speech.say("deck", {
      articles: model.articles.size,
      entities: model.entities.size,
      statements: model.statements.size,
    });
    drawing.speak(speech);
    drawLegend();
    fillPanel(byId("panel"), state.chosen, context());
  }

  function reset() {
    state.hiddenTypes.clear();
    state.bylines = false;
    drawLegend();
    choose(null);
    drawing.fit();
  }

  byId("language").addEventListener("click", () => {
    state.language = state.language === "zh" ? "en" : "zh";
    speak();
  });
  byId("reset").addEventListener("click", reset);
  byId("fit").addEventListener("click", () => drawing.fit());
  byId("zoom-in").addEventListener("click", () => drawing.zoom(1.3));
  byId("zoom-out").addEventListener("click", () => drawing.zoom(1 / 1.3));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.chosen) choose(null);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawing.refreshTheme());
  createSearchBox({ input: byId("search"), list: byId("results"), status: byId("status") }, context);

  byId("nothing").hidden = model.entities.size > 0;
  speak();
  applyFilter();
  drawing.fit();
  document.documentElement.dataset.ready = "true";
}
