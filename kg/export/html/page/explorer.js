// The page: one state, the views and panels that follow it, and what they may ask for (the context).

import { followAddress, stateOf } from "./address.js";
import { compareView } from "./compare.js";
import { saveEntities, saveStatements, saveTurtle } from "./download.js";
import { createActive, createFacets } from "./facets.js";
import { createFilter } from "./filter.js";
import { graphView, PICTURE_EXPORTS } from "./graphview.js";
import { createLegend } from "./legend.js";
import { createNotice } from "./notice.js";
import { fillPanel } from "./panel.js";
import { placesView } from "./placetree.js";
import { readingView } from "./reading.js";
import { sceneOfWay, sceneWith } from "./scenes.js";
import { createSearchBox } from "./search.js";
import { createStore } from "./state.js";
import { entitiesView, statementsView } from "./tables.js";
import { timelineView } from "./timeline.js";
import { createTabs, createTools } from "./toolbar.js";
import { createSpeech } from "./words.js";

/** The ways of looking, in the order of their tabs: {id, title, mount(element, context) → {update(state, changed)}}. */
const VIEWS = [graphView, timelineView, entitiesView, statementsView, compareView, placesView, readingView];

/** What can be taken away: {title, run(context), isPossible?(context)}. */
const EXPORTS = [
  { title: "entitiesCsv", run: (context) => saveEntities(context) },
  { title: "statementsCsv", run: (context) => saveStatements(context) },
  { title: "selectionTurtle", run: saveTurtle },
  ...PICTURE_EXPORTS,
];

const byId = (id) => document.getElementById(id);

/** Show the graph that `open` gives: {data, model, source}. */
export function explore(open) {
  open().then(start).catch(tellFailure);
}

async function start({ data, model, source }) {
  const language = (navigator.language || "zh").toLowerCase().startsWith("zh") ? "zh" : "en";
  const store = createStore({ language, ...await stateOf(location.hash, model, source) });
  const context = createContext(data, model, store, source);
  const parts = [
    createTabs(byId("tabs"), VIEWS, context),
    createTools(EXPORTS, context),
    createLegend(byId("legend"), context),
    createFacets(byId("facets"), byId("filters"), context),
    createActive(byId("active"), context),
    fetchShown(context),
    createNotice(byId("notice"), context),
    createPanel(context),
    createViews(byId("view"), context),
  ];
  createSearchBox({ input: byId("search"), list: byId("results"), status: byId("status") }, context);
  const update = (state, changed) => {
    if (changed.has("language")) speak(context);
    else if (changed.has("held")) tellSize(context);
    for (const part of parts) part(state, changed);
  };
  followAddress(store, model, source);
  store.subscribe(update);
  update(store.get(), new Set(Object.keys(store.get())));
  source.subscribe(() => update(store.get(), new Set(["held"])));
  document.addEventListener("keydown", (event) => event.key === "Escape" && context.escape());
  byId("loading").remove();
  document.documentElement.dataset.ready = "true";
}

/** Say in place of the page that it cannot be shown; its messages may be among what could not be read. */
function tellFailure(error) {
  const place = byId("loading") ?? document.querySelector("main");
  place.textContent = `无法显示图谱：数据不完整或取不到，或浏览器太旧（需要 2023 年以后的版本）。The graph cannot be shown: its data is incomplete or cannot be had, or the browser is older than 2023. (${error.message})`;
  throw error;
}

/** Say how much there is, and, where it is fetched, of how much. */
function tellSize({ model, source, speech }) {
  byId("deck").textContent = speech().say(source.isWhole ? "deck" : "deckFetched",
    { articles: model.articles.size, entities: model.entities.size, statements: model.statements.size, triples: source.triples?.toLocaleString("en") });
}

/** What views and panels may ask the page for. */
function createContext(data, model, store, source) {
  const filter = createFilter(model);
  const speeches = Object.fromEntries(["zh", "en"].map((each) => [each, createSpeech(data.messages, data.labels, each)]));
  let ways = null; // the entity that a path is being sought from
  const context = {
    model,
    store,
    source,
    messages: data.messages,
    picture: data.picture,
    speech: () => speeches[store.get().language],
    filtered: () => filter(store.get().filter),
    say: (key, values) => { byId("status").textContent = context.speech().say(key, values); },
    choose: (chosen) => store.set({ chosen, ...(chosen && store.get().path ? { path: null } : {}) }),
    async openEntity(id) {
      if (!model.entities.has(id) && !await source.bring([id]).then(([isThere]) => isThere)) return;
      const { path } = store.get();
      if (ways && ways !== id) store.set({ path: [ways, id], chosen: null, ...sceneOfWay(model, ways, id) });
      else store.set({ chosen: { kind: "entity", id }, ...sceneWith(model, store.get(), id), ...(path ? { path: null } : {}) });
      context.seekWay(null);
    },
    async openArticle(id) {
      if (!model.articles.has(id) && !await source.bring([id]).then(([isThere]) => isThere)) return;
      const { view, chosen } = store.get();
      // who reads about a statement goes on to another article with the statement still marked
      if (view === "reading" && chosen && chosen.kind !== "article") store.set({ reading: id });
      else context.choose({ kind: "article", id });
    },
    read: (id) => store.set({ view: "reading", reading: id, chosen: null, path: null }),
    openStatement: (id) => context.choose({ kind: "statement", id }),
    /** Take the next entity that is chosen as the end of a path from this one. */
    seekWay(from) {
      ways = from;
      document.body.classList.toggle("seeking", Boolean(from));
      if (from) context.say("seekWay", { name: model.entities.get(from).label });
    },
    close: () => store.set({ chosen: null, path: null }),
    escape() {
      if (ways) context.seekWay(null);
      else if (store.get().chosen || store.get().path) context.close();
    },
    approach: () => {}, // the picture's, once it is there
    pin: () => {}, // likewise
    savePicture: () => {}, // likewise
    resized: () => dispatchEvent(new Event("resize")),
  };
  return context;
}

/** Fetch the neighbourhoods that the state shows, each once. */
function fetchShown({ source }) {
  return ({ scene, chosen, expanded }, changed) => {
    if (!["scene", "chosen", "expanded"].some((key) => changed.has(key))) return;
    const around = scene.kind === "around" ? scene.ids : [];
    for (const id of [...around, ...expanded, ...(chosen?.kind === "entity" ? [chosen.id] : [])]) source.reach(id);
  };
}

/** What the panel tells follows these. */
const PANEL_KEYS = ["held", "chosen", "path", "depth", "language", "expanded", "hidden", "pinned", "filter", "scene", "view"];

function createPanel(context) {
  const panel = byId("panel");
  let isFirst = true;
  let left = null; // what in the view had the focus before the panel took it
  return (state, changed) => {
    if (!PANEL_KEYS.some((key) => changed.has(key))) return;
    const isOther = changed.has("chosen") || changed.has("path");
    const hadFocus = panel.contains(document.activeElement);
    if (isOther && !hadFocus) left = document.activeElement.closest("#view *");
    panel.hidden = !needsPanel(state);
    if (!panel.hidden) fillPanel(panel, state, context, { isOther });
    if (isOther && !isFirst && (state.chosen || state.path)) {
      panel.querySelector("h2")?.focus({ preventScroll: true });
      if (state.chosen?.kind !== "cluster" && matchMedia("(max-width: 760px)").matches) panel.scrollIntoView({ block: "start" });
    } else if (isOther && hadFocus && left?.isConnected) left.focus({ preventScroll: true });
    isFirst = false;
  };
}

/** Beside the picture the panel always has something to tell; beside other views once something is chosen. */
function needsPanel({ view, chosen, path }) {
  return view === "graph" || Boolean(path) || Boolean(chosen && !(view === "reading" && chosen.kind === "article"));
}

/** Mount each view when it is first asked for, and tell it what changed while it was away. */
function createViews(element, context) {
  const mounted = new Map();
  return (state, changed) => {
    const view = VIEWS.find(({ id }) => id === state.view) ?? VIEWS[0];
    for (const { missed } of mounted.values()) for (const key of changed) missed.add(key);
    if (!mounted.has(view.id)) {
      const section = element.appendChild(document.createElement("section"));
      mounted.set(view.id, { section, handle: view.mount(section, context), missed: new Set(Object.keys(state)) });
    }
    for (const [id, { section }] of mounted) section.hidden = id !== view.id;
    const { handle, missed } = mounted.get(view.id);
    handle.update(state, new Set(missed));
    missed.clear();
  };
}

/** Write the words that stand in page.html in the chosen language. */
function speak(context) {
  const { model, store } = context;
  const speech = context.speech();
  document.documentElement.lang = store.get().language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = speech.say(element.dataset.say);
  for (const element of document.querySelectorAll("[data-say-label]")) element.setAttribute("aria-label", speech.say(element.dataset.sayLabel));
  for (const element of document.querySelectorAll("[data-say-placeholder]")) element.placeholder = speech.say(element.dataset.sayPlaceholder);
  tellSize(context);
}
