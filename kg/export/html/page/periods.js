// The timeline's columns: how many statements fall into each year or month, by what they are about.
// In: statements with `from` and `to`. Out: columns in order of time, without a gap. The trap: a statement whose time
// is an interval or a whole year lies in many months; it is counted once, in the period in which it begins.

import { numberOf, periodOf, periodsBetween } from "./calendar.js";

const MOST_COLUMNS = 240;

/** Return the unit in which a span of days is shown: months up to four years, else years. */
export function unitFor(first, last) {
  return numberOf(periodOf(last, "month"), "month") - numberOf(periodOf(first, "month"), "month") < 48 ? "month" : "year";
}

/** Return {unit, columns: [{period, total, byType: Map}], most, undated}; `typeOf` gives what a statement is counted as. */
export function columnsOf(statements, typeOf, wantedUnit = null) {
  const dated = statements.filter(({ from }) => from);
  const undated = statements.length - dated.length;
  if (!dated.length) return { unit: wantedUnit ?? "year", columns: [], most: 0, undated, outside: 0 };
  const days = dated.map(({ from }) => from).sort();
  const unit = wantedUnit ?? unitFor(days[0], days.at(-1));
  const first = firstShown(days, unit);
  const columns = new Map(periodsBetween(first, periodOf(days.at(-1), unit), unit)
    .map((period) => [period, { period, total: 0, byType: new Map() }]));
  let outside = 0;
  for (const statement of dated) {
    const column = columns.get(periodOf(statement.from, unit));
    if (!column) { outside += 1; continue; }
    const type = typeOf(statement);
    column.total += 1;
    column.byType.set(type, (column.byType.get(type) ?? 0) + 1);
  }
  return { unit, columns: [...columns.values()], most: Math.max(...[...columns.values()].map(({ total }) => total)), undated, outside };
}

/** A company founded in 1912 must not make a century of empty months: what is earlier is told as a number. */
function firstShown(days, unit) {
  const last = numberOf(periodOf(days.at(-1), unit), unit);
  const near = days.find((day) => last - numberOf(periodOf(day, unit), unit) < MOST_COLUMNS);
  return periodOf(near, unit);
}

/** Return the days that a stretch of columns covers: [first day, last day] of the two periods, in either order. */
export function stretchOf(one, other) {
  const [first, last] = one <= other ? [one, other] : [other, one];
  return { from: first, to: last };
}
