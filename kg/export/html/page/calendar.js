// The first and last day of ISO values, as kg/iso.py has them, and the years and months that days fall into.
// In: `2022`, `2022-07`, `2022-07-16` or an interval of two of them. Out: days as ISO texts, which sort as they are.
// The trap: a Date is made of UTC parts only, since in another time zone the first of a month is the day before.

const VALUE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;
const KINDS = ["gYear", "gYearMonth", "date"];

/** Return [first day, last day] of a value, or null where it is no valid ISO value. */
export function daysOf(value) {
  const [first, last, ...more] = value.split("/");
  const start = daysOfOne(first);
  const end = last === undefined ? start : daysOfOne(last);
  return !more.length && start && end && start[0] <= end[1] ? [start[0], end[1]] : null;
}

/** Return the local name of the XSD datatype of a year, month or day; "" for an interval or anything else. */
export function datatypeOf(value) {
  const found = VALUE.exec(value);
  return found && daysOfOne(value) ? KINDS[found.slice(2).filter(Boolean).length] : "";
}

function daysOfOne(value) {
  const found = VALUE.exec(value);
  if (!found || found[1] === "0000") return null;
  const [, year, month, day] = found;
  if (!month) return [`${year}-01-01`, `${year}-12-31`];
  const length = Number(month) >= 1 && Number(month) <= 12 ? lengthOfMonth(Number(year), Number(month)) : 0;
  if (!day) return length ? [`${year}-${month}-01`, `${year}-${month}-${length}`] : null;
  return Number(day) >= 1 && Number(day) <= length ? [value, value] : null;
}

function lengthOfMonth(year, month) {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Return the year (`2022`) or month (`2022-07`) that a day lies in. */
export function periodOf(day, unit) {
  return day.slice(0, unit === "year" ? 4 : 7);
}

/** Return the period a number of years or months later. */
export function periodAfter(period, unit, steps = 1) {
  const count = numberOf(period, unit) + steps;
  if (unit === "year") return String(count).padStart(4, "0");
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** Return the place of a period in the row of all years or months. */
export function numberOf(period, unit) {
  const year = Number(period.slice(0, 4));
  return unit === "year" ? year : 12 * year + Number(period.slice(5, 7)) - 1;
}

/** Return all periods from the first to the last, both included. */
export function periodsBetween(first, last, unit) {
  const count = numberOf(last, unit) - numberOf(first, unit) + 1;
  return Array.from({ length: Math.max(count, 0) }, (_, at) => periodAfter(first, unit, at));
}
