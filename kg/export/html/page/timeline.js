// The view of time: how much is told of each year or month, and what. A stretch of it, drawn with the pointer or with
// Shift and the arrow keys, becomes the filter's dates. The trap: the columns must not follow the dates that are chosen
// on them, or everything around the choice would vanish.

import { objectText, ownTime, predicateText, statementColumns } from "./columns.js";
import { icon, make } from "./elements.js";
import { ticksOf } from "./figures.js";
import { createFilter } from "./filter.js";
import { createGrid } from "./grid.js";
import { columnsOf, isInside, stretchOf } from "./periods.js";
import { sortedBy } from "./sorting.js";
import { readableTime } from "./words.js";

/** The view of time. */
export const timelineView = { id: "timeline", title: "timeline", mount };

function mount(element, context) {
  const view = {
    context, order: "desc", drawn: "", listed: [], columns: [],
    withoutDates: createFilter(context.model),
    title: make("h2", { class: "view-title" }), tools: make("div", { class: "view-tools" }),
    key: make("p", { class: "time-key" }), chart: make("div", { class: "time-chart", role: "group" }), note: make("p", { class: "view-note" }),
  };
  view.grid = createGrid({ name: "timeline", open: context.openStatement, sortBy: () => turnOrder(view) });
  listen(view);
  element.classList.add("sheet", "sheet-timeline");
  element.append(make("div", { class: "view-head" }, view.title, view.tools), view.key, view.chart, view.note, view.grid.element);
  return { update: (state) => update(view, state) };
}

function turnOrder(view) {
  view.order = view.order === "asc" ? "desc" : "asc";
  drawList(view);
}

function update(view, state) {
  Object.assign(view, { unit: null, reported: false }, state.timeline);
  drawChart(view, state);
  markStretch(view, state.filter);
  drawList(view);
  view.grid.mark(state.chosen?.id);
}

function isShown(view, statement) {
  return statement.from && (view.reported || ownTime(statement));
}

function drawChart(view, state) {
  const { model } = view.context;
  const speech = view.context.speech();
  const signature = JSON.stringify([{ ...state.filter, from: "", to: "" }, view.unit, view.reported, speech.language, model.statements.size]);
  if (signature === view.drawn) return;
  view.drawn = signature;
  const { statements } = state.filter.from || state.filter.to ? view.withoutDates({ ...state.filter, from: "", to: "" }) : view.context.filtered();
  const all = [...statements].map((id) => model.statements.get(id));
  const told = all.filter((statement) => isShown(view, statement));
  const counted = columnsOf(told, ({ s }) => model.entities.get(s)?.type ?? "", view.unit);
  view.columns = counted.columns;
  view.title.textContent = speech.say("timelineCount", { n: told.length });
  view.tools.replaceChildren(...tools(view, counted, speech));
  view.key.replaceChildren(...keyOf(counted, speech));
  view.note.textContent = notes(view, counted, all.length - told.length, speech);
  const labels = labelEvery(counted.columns.length, view.chart.clientWidth);
  view.chart.setAttribute("aria-label", speech.say("timelineHelp"));
  view.chart.replaceChildren(scale(counted.most), ...counted.columns.map((column, at) => columnButton(column, at, counted, labels, speech)));
  view.chart.scrollLeft = view.chart.scrollWidth; // the latest is what most come for
}

function columnButton({ period, total, byType }, at, { most, columns }, every, speech) {
  const bars = [...byType].sort().map(([type, count]) => {
    const bar = make("span", { class: `slice type-${type}` });
    bar.style.height = `${(100 * count) / most}%`;
    return bar;
  });
  const label = (columns.length - 1 - at) % every === 0 ? shortPeriod(period, speech.language) : "";
  return make("button", { type: "button", class: "time-column", "data-period": period, tabindex: at === columns.length - 1 ? 0 : -1,
    "aria-label": speech.say("timelineColumn", { time: readableTime(period, speech.language), n: total }), title: `${readableTime(period, speech.language)} · ${total}` },
  make("span", { class: "slices" }, ...bars), make("span", { class: "period", "aria-hidden": "true" }, label));
}

/** A label every so many columns, so that none lies on the next. */
function labelEvery(count, width) {
  const room = Math.max(width / 56, 2);
  return [1, 2, 3, 6, 12, 24, 48].find((step) => count / step <= room) ?? 48;
}

function shortPeriod(period, language) {
  const [year, month] = period.split("-");
  return month ? (language === "zh" ? `${year.slice(2)}年${Number(month)}月` : `${month}/${year.slice(2)}`) : year;
}

function scale(most) {
  const marks = ticksOf([most]).filter((mark) => mark > 0 && Number.isInteger(mark));
  return make("div", { class: "time-scale", "aria-hidden": "true" }, ...marks.map((mark) => {
    const line = make("span", { class: "digits" }, String(mark));
    line.style.bottom = `${(100 * mark) / most}%`;
    return line;
  }));
}

function tools(view, { unit }, speech) {
  const units = ["year", "month"].map((one) => make("button", { type: "button", class: "tool", "aria-pressed": String(unit === one),
    onclick: () => change(view, { unit: one }) }, speech.say(`by_${one}`)));
  const reported = make("button", { type: "button", class: "tool", "aria-pressed": String(view.reported),
    onclick: () => change(view, { reported: !view.reported || undefined }) }, speech.say("withReported"));
  view.clear = make("button", { type: "button", class: "tool", onclick: () => setStretch(view, { from: "", to: "" }) }, speech.say("allTimes"));
  return [...units, reported, view.clear];
}

/** Change how time is shown, and give the focus back to the button that did it. */
function change({ context: { store }, tools: { children } }, patch) {
  const at = [...children].indexOf(document.activeElement);
  store.set({ timeline: { ...store.get().timeline, ...patch } });
  children[at]?.focus();
}

function keyOf({ columns }, speech) {
  const types = [...new Set(columns.flatMap(({ byType }) => [...byType.keys()]))].sort();
  return types.filter(Boolean).map((type) => make("span", { class: "key" }, icon(type), speech.term(type)));
}

function notes(view, { wide, outside, unit }, reportedOnly, speech) {
  return [
    wide ? speech.say(unit === "month" ? "widerThanMonth" : "widerThanYear", { n: wide }) : "",
    outside ? speech.say("earlier", { n: outside }) : "",
    !view.reported && reportedOnly ? speech.say("reportedOnly", { n: reportedOnly }) : "",
  ].filter(Boolean).join(speech.language === "zh" ? "；" : "; ");
}

// ---- the stretch

function setStretch({ context: { store } }, { from, to }) {
  store.set({ filter: { ...store.get().filter, from, to } });
}

function markStretch(view, filter) {
  const chosen = Boolean(filter.from || filter.to);
  for (const button of buttons(view)) {
    button.setAttribute("aria-pressed", String(chosen && isInside(button.dataset.period, filter)));
  }
  view.chart.classList.toggle("is-chosen", chosen);
  if (view.clear) view.clear.hidden = !chosen;
}

function buttons(view) {
  return [...view.chart.querySelectorAll(".time-column")];
}

function listen(view) {
  const { chart } = view;
  let anchor = null;
  const under = (event) => {
    const all = buttons(view);
    return all.findLast((button) => button.getBoundingClientRect().left <= event.clientX) ?? all[0];
  };
  chart.addEventListener("pointerdown", (event) => {
    anchor = event.button === 0 && event.target.closest(".time-column") ? under(event) : null;
  });
  chart.addEventListener("pointermove", (event) => {
    if (anchor && event.buttons) markStretch(view, stretchOf(anchor.dataset.period, under(event).dataset.period));
  });
  addEventListener("pointerup", (event) => {
    if (anchor?.isConnected) choose(view, anchor, under(event));
    anchor = null;
  });
  chart.addEventListener("pointercancel", () => {
    anchor = null;
    markStretch(view, view.context.store.get().filter);
  });
  chart.addEventListener("keydown", (event) => answerKey(view, event));
}

/** Choose a stretch; one column that is chosen already is let go. */
function choose(view, first, last) {
  const stretch = stretchOf(first.dataset.period, last.dataset.period);
  const { from, to } = view.context.store.get().filter;
  setStretch(view, stretch.from === from && stretch.to === to ? { from: "", to: "" } : stretch);
  last.focus();
}

function answerKey(view, event) {
  const all = buttons(view);
  const at = all.indexOf(event.target.closest(".time-column"));
  const moves = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 };
  if (at < 0) return;
  if (event.key in moves) {
    const next = all[Math.min(Math.max(moves[event.key], 0), all.length - 1)];
    for (const button of all) button.tabIndex = button === next ? 0 : -1;
    next.focus();
    if (event.shiftKey) setStretch(view, extended(view, all[at], next));
  } else if (event.key === "Enter" || event.key === " ") choose(view, all[at], all[at]);
  else if (event.key === "Escape" && view.context.store.get().filter.from) setStretch(view, { from: "", to: "" });
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Draw the stretch on from the column left to the column reached; the end that stands still is the farther one. */
function extended(view, left, reached) {
  const { from, to } = view.context.store.get().filter;
  const still = left.dataset.period === from ? to : left.dataset.period === to ? from : left.dataset.period;
  return stretchOf(still || left.dataset.period, reached.dataset.period);
}

// ---- the list below

function drawList(view) {
  const { context, grid, order, reported } = view;
  const { model } = context;
  const speech = context.speech();
  const wanted = [context.filtered().statements, order, reported, speech];
  if (wanted.every((value, at) => value === view.listed[at])) return;
  view.listed = wanted;
  const ids = [...context.filtered().statements].filter((id) => isShown(view, model.statements.get(id)));
  const columns = statementColumns(context);
  const [subject, time] = ["subject", "time"].map((name) => columns.find(({ id }) => id === name));
  grid.show({
    columns: [{ ...time, narrow: "6.4em", wide: false }, { ...subject, sortable: false }, toldColumn(context)],
    ids: sortedBy(ids, time.value, order), sort: ["time", order], label: speech.say("timelineList"), speech,
  });
}

/** What is said of the subject in one column, since the time has one already. */
function toldColumn(context) {
  const text = (id) => {
    const statement = context.model.statements.get(id);
    const object = statement.kind === "date" ? "" : objectText(statement, context);
    return `${predicateText(statement, context)} ${object}`.trim();
  };
  return { id: "told", title: "told", width: "minmax(12em, 3fr)", sortable: false, value: text, text };
}
