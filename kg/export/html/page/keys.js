// The keyboard in the picture: arrows pan, plus and minus zoom, Tab goes from mark to mark, Enter chooses.
// The trap: Tab must also lead out again; behind the last mark it does, and after Escape at once.

const STEP = 60; // pixels

/**
 * Listen to an element. `stops()` returns the identifiers that Tab goes through, in order. Told are: cursor(node or
 * null), choose(node), pan(dx, dy), zoom(factor), fit().
 */
export function listenToKeys(element, stops, told) {
  let at = null;
  const pans = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
  const zooms = { "+": 1.3, "=": 1.3, "-": 1 / 1.3, "_": 1 / 1.3 };
  let isLeft = false; // after Escape, Tab leads out

  function moveCursor(to) {
    at = to;
    told.cursor(to);
  }

  function step(event) {
    const ids = stops();
    const next = at === null || !ids.includes(at) ? (event.shiftKey ? -1 : 0) : ids.indexOf(at) + (event.shiftKey ? -1 : 1);
    if (isLeft || next < 0 || next >= ids.length) return moveCursor(null);
    event.preventDefault();
    return moveCursor(ids[next]);
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Tab") return void step(event);
    if (event.key === "Escape" && at !== null) {
      isLeft = true;
      event.stopPropagation();
      return void moveCursor(null);
    }
    if (event.key === "Enter" && at !== null) told.choose(at);
    else if (pans[event.key]) told.pan(...pans[event.key]);
    else if (zooms[event.key]) told.zoom(zooms[event.key]);
    else if (event.key === "0") told.fit();
    else return;
    event.preventDefault();
  }

  element.addEventListener("keydown", press);
  element.addEventListener("focus", () => { isLeft = false; });
  element.addEventListener("blur", () => moveCursor(null));
}
