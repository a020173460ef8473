// The timeline's columns: how many statements fall into each year or month, by what they are about.
// In: statements with `from` and `to`. Out: columns in order of time, without a gap. The trap: what is told of a whole
// year lies in no month; it would make each January the busiest, so it is counted apart.

import { numberOf, periodOf, periodsBetween } from "./calendar.js";

const MOST_COLUMNS = 240;
const MONTHS_AT_ONCE = 48;

/** Return the unit in which days are shown: months if most lie within four years, else years. */
export function unitFor(days) {
  const [first, last] = [days[Math.floor(days.length * 0.1)], days.at(-1)].map((day) => numberOf(periodOf(day, "month"), "month"));
  return last - first < MONTHS_AT_ONCE ? "month" : "year";
}

/** Return {unit, columns: [{period, total, byType: Map}], most, undated, wide, outside}.
 * `wide` counts what spans several periods, `outside` what is too early to be drawn; `typeOf` what one is counted as. */
export function columnsOf(statements, typeOf, wantedUnit = null) {
  const dated = statements.filter(({ from }) => from);
  const days = dated.map(({ from }) => from).sort();
  const unit = wantedUnit ?? (days.length ? unitFor(days) : "year");
  const fitting = dated.filter(({ from, to }) => periodOf(from, unit) === periodOf(to, unit));
  const shown = fitting.map(({ from }) => periodOf(from, unit)).sort();
  const counts = { unit, undated: statements.length - dated.length, wide: dated.length - fitting.length };
  if (!shown.length) return { ...counts, columns: [], most: 0, outside: 0 };
  const columns = new Map(periodsBetween(firstShown(shown, unit), shown.at(-1), unit)
    .map((period) => [period, { period, total: 0, byType: new Map() }]));
  let outside = 0;
  for (const statement of fitting) {
    const column = columns.get(periodOf(statement.from, unit));
    if (column) count(column, typeOf(statement));
    else outside += 1;
  }
  const list = [...columns.values()];
  return { ...counts, columns: list, most: Math.max(...list.map(({ total }) => total)), outside };
}

function count(column, type) {
  column.total += 1;
  column.byType.set(type, (column.byType.get(type) ?? 0) + 1);
}

/** A company founded in 1912 must not make a century of empty months: what is earlier is told as a number. */
function firstShown(periods, unit) {
  const last = numberOf(periods.at(-1), unit);
  return periods.find((period) => last - numberOf(period, unit) < MOST_COLUMNS);
}

/** Return a stretch of periods as a filter's ends, drawn from either side. */
export function stretchOf(one, other) {
  return one <= other ? { from: one, to: other } : { from: other, to: one };
}

/** Tell whether a period has a day in a filter's stretch; an empty end is open. */
export function isInside(period, { from, to }) {
  return (!from || `${period}-99` >= from) && (!to || period <= `${to}-99`);
}
