// Tables of all entities and of all statements that the filter leaves: sorted by any column, saved as CSV and Turtle.
// In: the store's `sort`. Out: a view each. The trap: sorting 100,000 names takes a moment, so a table sorts again only
// when what it shows or its order has changed.

import { entityColumns, statementColumns } from "./columns.js";
import { saveEntities, saveStatements, saveTurtle } from "./download.js";
import { make } from "./elements.js";
import { createGrid } from "./grid.js";
import { sortedBy } from "./sorting.js";
import { readableNumber } from "./words.js";

const PAUSE = 200; // milliseconds

/** The view of entities. */
export const entitiesView = tableView("entities", {
  columns: entityColumns,
  initial: ["links", "desc"],
  save: saveEntities,
  open: (context, id) => context.openEntity(id),
});

/** The view of statements. */
export const statementsView = tableView("statements", {
  columns: statementColumns,
  initial: ["time", "asc"],
  save: saveStatements,
  open: (context, id) => context.openStatement(id),
});

function tableView(id, table) {
  return { id, title: id, mount: (element, context) => mount(element, context, { id, ...table }) };
}

function mount(element, context, table) {
  const { store } = context;
  const { id, open, initial } = table;
  const sortBy = (column) => store.set({ sort: { ...store.get().sort, [id]: nextSort(store.get().sort[id] ?? initial, column) } });
  const grid = createGrid({ name: id, open: (key) => open(context, key), sortBy });
  const view = { context, grid, shown: [], title: make("h2", { class: "view-title" }), name: nameBox(store), tools: make("div", { class: "view-tools" }) };
  element.classList.add("sheet", "sheet-table");
  element.append(make("div", { class: "view-head" }, view.title, view.name, view.tools), grid.element);
  return { update: (state) => update(view, state, table) };
}

/** Make the box that leaves the rows whose names hold what one types; it waits for a pause, and for a whole character. */
function nameBox(store) {
  let pause = 0;
  const apply = ({ target: { value } }) => {
    clearTimeout(pause);
    pause = setTimeout(() => store.set({ filter: { ...store.get().filter, text: value.trim() } }), PAUSE);
  };
  return make("input", { type: "search", class: "name-box", spellcheck: "false", autocomplete: "off",
    oninput: (event) => event.isComposing || apply(event), oncompositionend: apply });
}

function drawNameBox({ name }, text, label) {
  name.placeholder = label;
  name.setAttribute("aria-label", label);
  if (name !== document.activeElement) name.value = text;
}

function update(view, state, { id, columns, initial, save }) {
  const { context } = view;
  const speech = context.speech();
  const all = context.filtered()[id];
  const sort = state.sort[id] ?? initial;
  drawNameBox(view, state.filter.text, speech.say("nameHolds"));
  const wanted = [all, sort.join(" "), state.language];
  if (wanted.every((value, at) => value === view.shown[at])) {
    view.grid.mark(state.chosen?.id);
    return;
  }
  view.shown = wanted;
  const table = columns(context);
  const column = table.find((one) => one.id === sort[0]) ?? table[0];
  const ids = sortedBy([...all], column.value, sort[1]);
  view.title.textContent = speech.say(`${id}Count`, { n: readableNumber(String(all.size), "en") });
  view.tools.replaceChildren(...saveButtons(context, () => save(context, ids)));
  view.grid.show({ columns: table, ids, sort, label: speech.say(id), speech });
  view.grid.mark(state.chosen?.id);
}

/** A second press turns the order round; numbers begin with the largest. */
export function nextSort([by, direction], column) {
  if (by === column.id) return [by, direction === "asc" ? "desc" : "asc"];
  return [column.id, column.numeric ? "desc" : "asc"];
}

function saveButtons(context, saveTable) {
  const button = (key, action) => make("button", { type: "button", class: "tool", onclick: action }, context.speech().say(key));
  return [button("saveCsv", saveTable), button("saveTurtle", () => saveTurtle(context))];
}
