// The view that compares: one indicator in one unit, a bar for each body, measured from zero. In: the figures that the
// filter leaves. Out: a chart that is a table. The trap: bars of different times lie about each other unless each says
// its own, and of one body's many figures only one can be a bar: the others are told beside it.

import { entityLink } from "./evidence.js";
import { make, nameOf } from "./elements.js";
import { barsOf, indicatorsOf, ticksOf, timesOf } from "./figures.js";
import { readableFigure, readableNumber, readableTime, shortName } from "./words.js";

const MOST_BARS = 200;
const MOST_CHOICES = 600;

/** The view that compares figures. */
export const compareView = { id: "compare", title: "compare", mount };

function mount(element, context) {
  const view = {
    context,
    title: make("h2", { class: "view-title" }), tools: make("div", { class: "view-tools" }), chart: make("div", { class: "bars-box" }),
  };
  element.classList.add("sheet", "sheet-compare");
  element.append(make("div", { class: "view-head" }, view.title, view.tools), view.chart);
  return { update: (state) => update(view, state) };
}

function update(view, state) {
  const { model, filtered } = view.context;
  const figures = [...filtered().statements].map((id) => model.statements.get(id)).filter(({ kind }) => kind === "figure");
  const groups = indicatorsOf(figures);
  const group = groups.find(({ key }) => key === state.compare.indicator) ?? groups[0];
  if (group) drawGroup(view, group, groups, state.compare.time);
  else drawNothing(view);
}

function drawNothing({ title, tools, chart, context }) {
  const speech = context.speech();
  title.textContent = speech.say("compare");
  tools.replaceChildren();
  chart.replaceChildren(make("p", { class: "view-empty" }, speech.say("noFigures")));
}

function drawGroup(view, group, groups, wanted) {
  const speech = view.context.speech();
  const times = timesOf(group.figures);
  const time = times.includes(wanted) ? wanted : null;
  view.title.replaceChildren(nameOf(shortName(group.indicator, 60)), make("span", { class: "unit" }, unitText(group, speech)));
  view.tools.replaceChildren(indicatorChooser(view, groups, group), timeChooser(view, times, time));
  view.chart.replaceChildren(...chartOf(view, barsOf(group.figures, time), group));
}

function unitText({ unit }, speech) {
  return unit ? speech.say("inUnit", { unit: shortName(unit, 20) }) : speech.say("noUnit");
}

function indicatorChooser(view, groups, chosen) {
  const speech = view.context.speech();
  const option = (group) => make("option", { value: group.key, selected: group === chosen },
    speech.say("indicatorChoice", { name: shortName(group.indicator, 40), unit: shortName(group.unit, 12), n: group.bodies }));
  const shown = groups.slice(0, MOST_CHOICES);
  if (!shown.includes(chosen)) shown.push(chosen);
  const [many, one] = [shown.filter(({ bodies }) => bodies > 1), shown.filter(({ bodies }) => bodies === 1)];
  const part = (key, list) => (list.length ? [make("optgroup", { label: speech.say(key) }, ...list.map(option))] : []);
  const select = make("select", { id: "indicator", onchange: (event) => {
    view.context.store.set({ compare: { indicator: event.target.value } });
    document.getElementById("indicator")?.focus();
  } }, ...part("ofMany", many), ...part("ofOne", one));
  return make("label", {}, make("span", {}, speech.say("indicator")), select);
}

function timeChooser(view, times, chosen) {
  const { store } = view.context;
  const speech = view.context.speech();
  const option = (value, label) => make("option", { value: value ?? "latest", selected: value === chosen }, label);
  const select = make("select", { id: "figure-time", onchange: (event) => {
    const { value } = event.target;
    store.set({ compare: { ...store.get().compare, time: value === "latest" ? undefined : value } });
    document.getElementById("figure-time")?.focus();
  } }, option(null, speech.say("latestOfEach")), ...times.map((time) =>
    option(time, time ? shortName(readableTime(time, speech.language), 40) : speech.say("noTime"))));
  return make("label", {}, make("span", {}, speech.say("time")), select);
}

function chartOf(view, bars, group) {
  const speech = view.context.speech();
  const values = bars.map(({ figure }) => Number(figure.value));
  const scale = scaleOf(values);
  const rows = bars.slice(0, MOST_BARS).map((bar) => barRow(view.context, bar, scale));
  const times = new Set(bars.map(({ figure }) => figure.time));
  const notes = [
    times.size > 1 ? speech.say("timesDiffer") : "",
    bars.length > MOST_BARS ? speech.say("moreBars", { n: bars.length - MOST_BARS }) : "",
    bars.length === 1 ? speech.say("onlyOne") : "",
  ].filter(Boolean);
  return [
    make("table", { class: "bars" },
      make("caption", { class: "unseen" }, `${shortName(group.indicator, 60)} ${unitText(group, speech)}`),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, speech.say("body")),
        make("th", { scope: "col", class: "axis" }, make("span", { class: "unseen" }, speech.say("value")), axis(values, scale, speech)),
        make("th", { scope: "col" }, speech.say("time")))),
      make("tbody", {}, ...rows)),
    ...notes.map((note) => make("p", { class: "view-note" }, note)),
  ];
}

/** Return a function from a value to its place on the axis, in percent; zero is always on it. */
function scaleOf(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  return (value) => (high > low ? (100 * (value - low)) / (high - low) : 0);
}

function axis(values, scale, speech) {
  return make("span", { class: "ticks", "aria-hidden": "true" }, ...ticksOf(values).map((tick) => {
    const mark = make("span", { class: tick === 0 ? "tick zero" : "tick" }, readableNumber(String(tick), speech.language));
    mark.style.left = `${scale(tick)}%`;
    return mark;
  }));
}

function barRow(context, { id, figure, others }, scale) {
  const { model, messages } = context;
  const speech = context.speech();
  const [zero, end] = [scale(0), scale(Number(figure.value))];
  const type = model.entities.get(id)?.type;
  const bar = make("span", { class: `figure-bar type-${type}`, "aria-hidden": "true" });
  bar.style.left = `${Math.min(zero, end)}%`;
  bar.style.width = `${Math.abs(end - zero)}%`;
  const value = make("button", { type: "button", class: "figure-value digits", onclick: () => context.openStatement(figure.id) },
    shortName(readableFigure(figure, speech, messages), 40));
  value.style.left = `${Math.max(end, zero)}%`;
  return make("tr", {}, make("th", { scope: "row" }, entityLink(id, context)),
    make("td", { class: "track" }, make("span", { class: "plot" }, bar, value)),
    make("td", { class: "faint" }, shortName(figure.time ? readableTime(figure.time, speech.language) : speech.say("noTime"), 40),
      others.length ? make("button", { type: "button", class: "others", onclick: () => context.openEntity(id) },
        speech.say("otherFigures", { n: others.length })) : null));
}
