// Which rows of a long table are drawn: those that can be seen and some around them, however long the table is.
// In: heights in pixels. Out: [first, last[ and where they stand. The trap: browsers stop at some 33 million pixels of
// height, so a very long table is scrolled by share, not by pixel.

export const TALLEST = 8_000_000;
const AROUND = 8;

/** Return {first, last, top, height}: the rows from first to before last, their place, and the height of the whole. */
export function rowWindow({ scrolled, seen, rowHeight, count }) {
  const full = count * rowHeight;
  const height = Math.min(full, TALLEST);
  const room = Math.max(height - seen, 0);
  const share = room ? Math.min(Math.max(scrolled / room, 0), 1) : 0;
  const offset = height === full ? Math.min(Math.max(scrolled, 0), room) : share * (full - seen);
  const first = Math.max(Math.floor(offset / rowHeight) - AROUND, 0);
  const last = Math.min(Math.ceil((offset + seen) / rowHeight) + AROUND, count);
  return { first, last, top: first * rowHeight - offset + Math.min(Math.max(scrolled, 0), room), height };
}

/** Return how far to scroll so that a row is seen, or null where it is seen already. */
export function scrollTo(row, { scrolled, seen, rowHeight, count }) {
  const full = count * rowHeight;
  const height = Math.min(full, TALLEST);
  const [room, fullRoom] = [Math.max(height - seen, 0), Math.max(full - seen, 0)];
  const offset = room ? (Math.min(scrolled, room) / room) * fullRoom : 0;
  const wanted = row * rowHeight < offset ? row * rowHeight
    : (row + 1) * rowHeight > offset + seen ? (row + 1) * rowHeight - seen : null;
  return wanted === null ? null : fullRoom ? (wanted / fullRoom) * room : 0;
}
