// A table of any length: only the rows that can be seen are in the page. In: columns and identifiers. Out: an element.
// The trap: a row that holds the focus must stay when it is scrolled out of sight, or the keyboard falls out of the table.

import { icon, make, nameOf } from "./elements.js";
import { rowWindow, scrollTo } from "./rowwindow.js";
import { shortName } from "./words.js";

const LONGEST = 120; // characters of a cell
const PRINTED = 500; // rows; a longer table is for CSV

/** Make a grid; `show({columns, ids, sort, label})` fills it, `open(id)` and `sortBy(column)` answer the reader. */
export function createGrid({ name, open, sortBy }) {
  const head = make("div", { role: "row", class: "grid-row", "aria-rowindex": 1 });
  const sheet = make("div", { role: "presentation", class: "grid-sheet" });
  const body = make("div", { role: "rowgroup", class: "grid-body" }, sheet);
  const element = make("div", { role: "grid", class: `grid grid-${name}` },
    make("div", { role: "rowgroup", class: "grid-head" }, head), body);
  const state = { columns: [], ids: [], active: 0, rows: new Map(), speech: null, marked: null, isPrinted: false };
  const measure = () => ({
    scrolled: body.scrollTop, seen: body.clientHeight, count: state.ids.length,
    rowHeight: parseFloat(getComputedStyle(element).getPropertyValue("--row-height")) || 34,
  });
  const draw = () => state.isPrinted || drawRows(state, sheet, rowWindow(measure()), measure().rowHeight);
  const go = (row) => {
    state.active = Math.min(Math.max(row, 0), state.ids.length - 1);
    const top = scrollTo(state.active, measure());
    if (top !== null) body.scrollTop = top;
    draw();
    state.rows.get(state.active)?.focus({ preventScroll: true });
  };
  body.addEventListener("scroll", draw, { passive: true });
  new ResizeObserver(draw).observe(body);
  sheet.addEventListener("keydown", (event) => {
    if (answerKey(event, state, measure(), go, open)) event.preventDefault();
  });
  sheet.addEventListener("focusin", (event) => {
    state.active = Number(event.target.closest("[role=row]").dataset.at);
  });
  sheet.addEventListener("click", (event) => {
    const row = event.target.closest("[role=row]");
    if (!row) return;
    state.active = Number(row.dataset.at);
    draw();
    open(state.ids[state.active]);
  });
  printWhole(state, sheet, draw);
  return {
    element,
    show({ columns, ids, sort, label, speech }) {
      const kept = state.ids[state.active];
      Object.assign(state, { columns, ids, speech, active: Math.max(ids.indexOf(kept), 0) });
      element.style.setProperty("--columns", columns.map(({ width }) => width).join(" "));
      element.style.setProperty("--columns-narrow", columns.filter(({ wide }) => !wide).map(narrowWidth).join(" "));
      element.setAttribute("aria-label", label);
      element.setAttribute("aria-rowcount", ids.length + 1);
      drawHead(head, state, sort, sortBy);
      const hadFocus = sheet.contains(document.activeElement);
      for (const row of state.rows.values()) row.remove();
      state.rows.clear();
      draw();
      if (hadFocus) go(state.active);
    },
    /** Mark the row of what is chosen. */
    mark(id) {
      state.marked = id;
      draw();
    },
  };
}

/** In a narrow window a column may become narrower than its least width, or has a width of its own. */
function narrowWidth({ width, narrow }) {
  return narrow ?? width.replace(/minmax\([^,]*,/, "minmax(0,");
}

function answerKey(event, state, { seen, rowHeight }, go, open) {
  const page = Math.max(Math.floor(seen / rowHeight) - 1, 1);
  const moves = { ArrowDown: state.active + 1, ArrowUp: state.active - 1, PageDown: state.active + page,
    PageUp: state.active - page, Home: 0, End: state.ids.length - 1 };
  if (event.key in moves) go(moves[event.key]);
  else if (event.key === "Enter" || event.key === " ") open(state.ids[state.active]);
  else return false;
  return true;
}

function drawHead(head, { columns, speech }, [by, direction], sortBy) {
  const focused = head.querySelector(":focus")?.dataset.column;
  head.replaceChildren(...columns.map((column) => {
    const sorted = column.id === by ? (direction === "desc" ? "descending" : "ascending") : "none";
    const isFixed = column.sortable === false;
    const title = speech.say(column.title);
    return make("div", { role: "columnheader", class: classOf(column), "aria-sort": isFixed ? false : sorted },
      isFixed ? title : make("button", { type: "button", "data-column": column.id, onclick: () => sortBy(column) }, title,
        make("span", { class: "arrow", "aria-hidden": "true" }, { ascending: "▲", descending: "▼", none: "" }[sorted])));
  }));
  if (focused) head.querySelector(`[data-column=${focused}]`)?.focus();
}

function classOf({ id, numeric, wide }) {
  return `cell ${id}${numeric ? " number digits" : ""}${wide ? " wide" : ""}`;
}

function drawRows(state, sheet, { first, last, top, height }, rowHeight) {
  sheet.style.height = `${height}px`;
  for (const [at, row] of state.rows) {
    if ((at < first || at >= last) && !row.contains(document.activeElement)) {
      row.remove();
      state.rows.delete(at);
    }
  }
  for (let at = first; at < last; at += 1) {
    if (!state.rows.has(at)) state.rows.set(at, sheet.appendChild(makeRow(at, state)));
  }
  for (const [at, row] of state.rows) {
    row.style.transform = `translateY(${top + (at - first) * rowHeight}px)`;
    row.tabIndex = at === state.active ? 0 : -1;
    row.setAttribute("aria-selected", String(state.ids[at] === state.marked));
  }
  // the keyboard always finds a way in: the first row that is seen, if the active one is far away
  if (last > first && !state.rows.has(state.active)) state.rows.get(first).tabIndex = 0;
}

function makeRow(at, { ids, columns }) {
  const id = ids[at];
  return make("div", { role: "row", class: "grid-row", "data-at": at, "aria-rowindex": at + 2 }, ...columns.map((column) => {
    const type = column.type?.(id);
    return make("div", { role: "gridcell", class: classOf(column) },
      type ? icon(type) : null, nameOf(shortName(column.text(id), LONGEST)));
  }));
}

/** On paper stand the first rows, one below the other. */
function printWhole(state, sheet, draw) {
  addEventListener("beforeprint", () => {
    if (!sheet.isConnected) return;
    const rows = Array.from({ length: Math.min(state.ids.length, PRINTED) }, (_, at) => makeRow(at, state));
    sheet.replaceChildren(...rows);
    state.rows.clear();
    state.isPrinted = true; // paper is another size, and a new size would draw the rows of the window once more
  });
  addEventListener("afterprint", () => {
    if (!state.isPrinted) return;
    state.isPrinted = false;
    sheet.replaceChildren();
    draw();
  });
}
