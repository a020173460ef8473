// Tables of all entities and of all statements that the filter leaves: sorted by any column, saved as CSV and Turtle.
// In: the store's `sort`. Out: a view each. The trap: sorting 100,000 names takes a moment, so a table sorts again only
// when what it shows or its order has changed.

import { entityColumns, statementColumns } from "./columns.js";
import { saveEntities, saveStatements, saveTurtle } from "./download.js";
import { make } from "./elements.js";
import { createGrid } from "./grid.js";
import { sortedBy } from "./sorting.js";
import { readableNumber } from "./words.js";

/** The view of entities. */
export const ENTITIES = tableView("entities", {
  columns: entityColumns,
  initial: ["links", "down"],
  save: saveEntities,
  open: (context, id) => context.openEntity(id),
});

/** The view of statements. */
export const STATEMENTS = tableView("statements", {
  columns: statementColumns,
  initial: ["time", "up"],
  save: saveStatements,
  open: (context, id) => context.openStatement(id),
});

function tableView(id, { columns, initial, save, open }) {
  let view = null;
  return {
    id,
    title: id,
    mount(element, context) {
      const title = make("h2", { class: "view-title" });
      const bar = make("div", { class: "view-tools" });
      const sortBy = (column) => context.store.set({ sort: { ...context.store.get().sort, [id]: nextSort(orderOf(context), column) } });
      const grid = createGrid({ name: id, open: (key) => open(context, key), sortBy });
      element.replaceChildren(make("div", { class: "view-head" }, title, bar), grid.element);
      view = { context, title, bar, grid, shown: null };
    },
    update(state) {
      const { context, title, bar, grid } = view;
      const here = { ...context, speech: context.speech() };
      const all = context.filtered()[id];
      const sort = orderOf(context);
      const wanted = [all, sort.join(" "), state.language];
      if (view.shown?.every((value, at) => value === wanted[at])) return grid.redraw();
      view.shown = wanted;
      const table = columns(here);
      const column = table.find((one) => one.id === sort[0]) ?? table[0];
      view.ids = sortedBy([...all], column.value, sort[1]);
      title.textContent = here.speech.say(`${id}Count`, { n: readableNumber(String(all.size), "en") });
      bar.replaceChildren(...saveButtons(here, () => save(here, view.ids)));
      grid.show({ columns: table, ids: view.ids, sort, label: here.speech.say(id), speech: here.speech });
      return undefined;
    },
  };

  function orderOf(context) {
    return context.store.get().sort?.[id] ?? initial;
  }
}

/** A second press turns the order round; numbers begin with the largest. */
export function nextSort([by, direction], column) {
  if (by === column.id) return [by, direction === "up" ? "down" : "up"];
  return [column.id, column.numeric ? "down" : "up"];
}

function saveButtons(context, saveTable) {
  const button = (key, action) => make("button", { type: "button", class: "tool", onclick: action }, context.speech.say(key));
  return [button("saveCsv", saveTable), button("saveTurtle", () => saveTurtle(context))];
}
