// Days of ISO dates and intervals, as text that sorts: what is told of a year lasts from its first day to its last.

/** Return the first and the last day of an ISO year, month, day or interval: 2022-02 → [2022-02-01, 2022-02-28]. */
export function daysOf(iso) {
  const [first, last] = iso.includes("/") ? iso.split("/") : [iso, iso];
  const [from, to] = [edgeDay(first, false), edgeDay(last, true)];
  return from && to && from <= to ? [from, to] : null;
}

function edgeDay(iso, isLast) {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(iso);
  if (!match) return null;
  const [, year, month = isLast ? "12" : "01", day] = match;
  return `${year}-${month}-${day ?? (isLast ? String(lastDay(year, month)).padStart(2, "0") : "01")}`;
}

function lastDay(year, month) {
  return new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}
