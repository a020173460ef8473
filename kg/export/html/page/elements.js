// Make elements. Text reaches the page only here, as text: nothing is ever parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** Shapes of the types, as paths around 0, 0 with a radius of about 1; the legend and the picture share them. */
export const SHAPES = {
  Place: "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0 -1 0Z",
  Facility: "M0 -1.1L1 -.25V.92H-1V-.25Z",
  Organization: "M-.9 -.9H.9V.9H-.9Z",
  Person: "M0 -1.1A.52 .52 0 1 1 0 -.06A.52 .52 0 1 1 0 -1.1ZM-.95 1A.95 .95 0 0 1 .95 1Z",
  Programme: "M.55 -.95L1.1 0L.55 .95H-.55L-1.1 0L-.55 -.95Z",
  Platform: "M0 -1.15L1.15 0L0 1.15L-1.15 0Z",
  Project: "M0 -1.1L1.15 .85H-1.15Z",
  Product: "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0 -1 0ZM-.38 -.38V.38H.38V-.38Z",
  Policy: "M-.8 -1H.25L.8 -.45V1H-.8Z",
  Honour: "M0 -1.2L.29 -.4L1.14 -.37L.48 .15L.71 .97L0 .5L-.71 .97L-.48 .15L-1.14 -.37L-.29 -.4Z",
  Group: "M-1.05 .5A.52 .52 0 1 0 0 .5A.52 .52 0 1 0 -1.05 .5ZM0 .5A.52 .52 0 1 0 1.05 .5A.52 .52 0 1 0 0 .5Z"
    + "M-.52 -.45A.52 .52 0 1 0 .52 -.45A.52 .52 0 1 0 -.52 -.45Z",
};

/** Make an element; strings among the children become text nodes, empty children are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined) element.setAttribute(key, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Make the mark of a type as it stands in the legend. */
export function icon(type) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-1.25 -1.25 2.5 2.5");
  svg.setAttribute("class", `icon type-${type}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[type]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}

/** Make a name that cannot turn the direction of the words around it. */
export function nameOf(text) {
  return make("bdi", {}, text);
}
