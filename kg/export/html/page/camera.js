// Where one looks from: {x, y, scale} is the place of the picture in the middle of the view, and how many pixels of the
// page one unit of it takes. All functions return new cameras. The trap: below the picture lie buttons, so what is
// fitted must not stand in the middle of the whole view, but of what is free of them.

const MARGIN = 46;
const FOOT = 70;
const WIDEST = 40; // a camera never comes nearer than this scale
const FARTHEST = 1e-4;
export const LARGEST = 44; // pixels from the middle of a mark to its edge

/** Return where a place of the picture stands in the view, in pixels. */
export function toScreen({ x, y, scale }, { width, height }, place) {
  return { x: (place.x - x) * scale + width / 2, y: (place.y - y) * scale + height / 2 };
}

/** Return the place of the picture under a point of the view. */
export function toWorld({ x, y, scale }, { width, height }, point) {
  return { x: (point.x - width / 2) / scale + x, y: (point.y - height / 2) / scale + y };
}

/** Return a camera that shows all of a box; `closest` is the largest scale allowed. */
export function fitted({ left, top, right, bottom }, { width, height }, closest) {
  const scale = limited(Math.min(
    Math.max(width - 2 * MARGIN, 50) / Math.max(right - left, 1),
    Math.max(height - MARGIN - FOOT, 50) / Math.max(bottom - top, 1),
    closest,
  ));
  return { x: (left + right) / 2, y: (top + bottom + (FOOT - MARGIN) / scale) / 2, scale };
}

/** Return the camera moved by pixels of the view. */
export function panned({ x, y, scale }, dx, dy) {
  return { x: x - dx / scale, y: y - dy / scale, scale };
}

/** Return the camera brought nearer, with the place under a point of the view staying where it is. */
export function zoomed(camera, view, factor, point = { x: view.width / 2, y: view.height / 2 }) {
  const scale = limited(camera.scale * factor);
  const kept = toWorld(camera, view, point);
  return { x: kept.x - (point.x - view.width / 2) / scale, y: kept.y - (point.y - view.height / 2) / scale, scale };
}

/** Tell whether a place stands well inside the view. */
export function isInView(camera, view, place) {
  const { x, y } = toScreen(camera, view, place);
  return x >= MARGIN && y >= MARGIN && x <= view.width - MARGIN && y <= view.height - MARGIN;
}

/**
 * Return the radius of a mark in pixels: it grows more slowly than the picture, so that zooming in gives room to names.
 * A cluster is a part of the map, so it grows with it.
 */
export function screenRadius({ size, cluster }, scale, smallest) {
  if (cluster) return Math.max(size * scale, smallest);
  return Math.min(Math.max(size * Math.min(scale, scale ** 0.4), smallest), LARGEST);
}

/** Return how small marks may become, in pixels: many small ones need less than few. */
export function smallestRadius(count) {
  return Math.min(3.6, Math.max(1.1, 3.6 * Math.sqrt(600 / Math.max(count, 1))));
}

function limited(scale) {
  return Math.min(WIDEST, Math.max(FARTHEST, scale));
}
