// The camera of the stage: it follows the reader, and keeps to the size that the stage has on the page.
// In: the element of the stage, and what is to happen after each move. Out: a lens. The trap: while another view is shown
// the stage has no size; what is to be fitted then is fitted once it has one, for a renderer must never start too near.

import { fitted, isInView, panned, toWorld, zoomed } from "./camera.js";

const CLOSEST = 1.25; // scale that fitting a few marks does not exceed

/** Make a lens; boxes are {left, top, right, bottom} or null for nothing. */
export function createLens(element, moved) {
  let camera = { x: 0, y: 0, scale: 1 };
  let awaited = null; // returns the box to fit
  const size = () => ({ width: element.clientWidth, height: element.clientHeight });
  const set = (next) => {
    camera = next;
    moved();
  };
  const isSeen = () => element.clientWidth > 0 && element.clientHeight > 0;
  function fit(box, closest = CLOSEST) {
    if (!isSeen()) awaited = () => box;
    else set(box ? fitted(box, size(), closest) : camera);
  }
  return {
    size,
    set,
    fit,
    camera: () => ({ ...camera }),
    pan: (dx, dy) => set(panned(camera, dx, dy)),
    zoom: (factor, point) => set(zoomed(camera, size(), factor, point)),
    under: (point) => toWorld(camera, size(), point),
    isInView: (place) => isInView(camera, size(), place),
    /** Fit a box before the next frame; without one, what is awaited, as soon as there is a size. */
    aim(boxOf = awaited) {
      awaited = boxOf;
      if (!awaited || !isSeen()) return;
      const box = awaited();
      if (box) camera = fitted(box, size(), CLOSEST);
      awaited = null;
    },
  };
}
