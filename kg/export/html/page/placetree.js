// The view of places: the tree of what lies in what, with how many things each holds under the filter, by type.
// In: the model's tree. Out: a tree for pointer and keyboard. The trap: only what stands open is in the page, so the
// place that has the focus must be found again after each change.

import { icon, make, nameOf } from "./elements.js";
import { keyInTree, openRows, placeCounts } from "./placerows.js";
import { readableNumber, shortName } from "./words.js";

const OPEN_AT_FIRST = 60; // rows

/** The view of places. */
export const placesView = { id: "places", title: "places", mount };

function mount(element, context) {
  const view = {
    context, open: new Set(), active: null, shown: null,
    title: make("h2", { class: "view-title" }), note: make("p", { class: "view-note" }), tree: make("ul", { role: "tree", class: "place-tree" }),
  };
  view.tree.addEventListener("keydown", (event) => answerKey(view, event));
  view.tree.addEventListener("click", (event) => answerClick(view, event));
  view.tree.addEventListener("focusin", (event) => makeActive(view, event.target.closest("[role=treeitem]").dataset.id));
  element.classList.add("sheet", "sheet-places");
  element.append(make("div", { class: "view-head" }, view.title), view.note, view.tree);
  return { update: (state) => update(view, state) };
}

function update(view, state) {
  const { model, filtered, speech } = view.context;
  const { entities } = filtered();
  if (view.shown !== entities) {
    view.counts = placeCounts(model.placeTree, entities, model.placesOf, (id) => model.entities.get(id).type);
    if (!view.open.size) openSome(view, model.placeTree);
    view.shown = entities;
  }
  Object.assign(view, { state, speech: speech() });
  draw(view);
}

/** Open the upper levels, as many as leave the tree readable. */
function openSome(view, roots) {
  let level = roots;
  for (let rows = roots.length; level.length; ) {
    const next = level.flatMap(({ children }) => children);
    rows += next.length;
    if (rows > OPEN_AT_FIRST) break;
    for (const { id, children } of level) if (children.length) view.open.add(id);
    level = next;
  }
}

function draw(view) {
  const { context: { model }, tree, speech, counts, title, note } = view;
  const hadFocus = tree.contains(document.activeElement);
  view.rows = openRows(model.placeTree, (id) => view.open.has(id), counts);
  if (!view.rows.some(({ id }) => id === view.active)) view.active = view.rows[0]?.id ?? null;
  const most = Math.max(...view.rows.map(({ id }) => counts.get(id).total), 1);
  title.textContent = speech.say("placesCount", { n: readableNumber(String(counts.size), "en") });
  note.textContent = speech.say(view.rows.length ? "placesHelp" : "noPlaces");
  tree.hidden = !view.rows.length;
  tree.setAttribute("aria-label", speech.say("places"));
  tree.replaceChildren(...view.rows.map((row) => rowOf(view, row, most)));
  if (hadFocus) focusActive(view);
}

function rowOf(view, { id, level, open, leaf, place, of }, most) {
  const { context: { model }, counts, speech, state } = view;
  const { label, kind, type } = model.entities.get(id);
  const { total, byType } = counts.get(id);
  const isFilter = state.filter.place === id;
  const only = make("span", { class: `only ${isFilter ? "is-on" : ""}`, "data-only": "", "aria-hidden": "true" }, speech.say(isFilter ? "everywhere" : "onlyHere"));
  const name = shortName(label, 60);
  const item = make("li", { role: "treeitem", "data-id": id, "aria-level": level, "aria-posinset": place, "aria-setsize": of,
    "aria-expanded": leaf ? false : String(open), "aria-selected": String(isFilter), tabindex: id === view.active ? 0 : -1 },
  make("span", { class: "place-name" },
    make("span", { class: "twist", "data-twist": leaf ? false : true, "aria-hidden": "true" }, leaf ? "" : open ? "▾" : "▸"),
    icon("Place"), nameOf(name), make("span", { class: "kind" }, speech.term(kind || type)), only),
  stack(byType, total, most, speech), make("span", { class: "count digits" }, total ? String(total) : "", " ", make("span", { class: "unseen" }, speech.say("placeEntities"))));
  item.style.setProperty("--level", level - 1);
  return item;
}

/** A bar as long as the place holds things, in the colours of their types. */
function stack(byType, total, most, speech) {
  const bar = make("span", { class: "place-bar", "aria-hidden": "true" }, ...[...byType].sort().map(([type, count]) => {
    const slice = make("span", { class: `slice type-${type}`, title: `${speech.term(type)} ${count}` });
    slice.style.flexGrow = count;
    return slice;
  }));
  bar.style.setProperty("--share", total / most);
  return bar;
}

function answerKey(view, event) {
  const at = view.rows.findIndex(({ id }) => id === view.active);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const answer = keyInTree(event.key, at, view.rows);
  if (answer?.to) {
    makeActive(view, answer.to);
    focusActive(view);
  } else if (answer) turn(view, answer.open ?? answer.close);
  else if (event.key === "Enter") view.context.openEntity(view.active);
  else if (event.key === " ") toggleFilter(view);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Only the place that has the focus, or had it last, is reached by Tab. */
function makeActive(view, id) {
  view.active = id;
  for (const item of view.tree.children) item.tabIndex = item.dataset.id === id ? 0 : -1;
}

function answerClick(view, event) {
  const item = event.target.closest("[role=treeitem]");
  if (!item) return;
  view.active = item.dataset.id;
  if (event.target.closest("[data-twist]")) turn(view, view.active);
  else if (event.target.closest("[data-only]")) toggleFilter(view);
  else view.context.openEntity(view.active);
  focusActive(view);
}

function turn(view, id) {
  if (!view.open.delete(id)) view.open.add(id);
  draw(view);
}

function toggleFilter({ context: { store }, active: id }) {
  const { filter } = store.get();
  store.set({ filter: { ...filter, place: filter.place === id ? null : id } });
}

function focusActive(view) {
  const item = [...view.tree.children].find(({ dataset }) => dataset.id === view.active);
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "nearest" });
}
