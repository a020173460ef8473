// The colours of the picture, as the style sheet has them for light and dark. In: the page's style. Out: plain values.
// The trap: a canvas cannot read a custom property, so they are read again whenever the reader's scheme changes.

import { SHAPES } from "./elements.js";

export const FONT = '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** Read ink, paper and the colours of the types. */
export function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  const types = Object.fromEntries(Object.keys(SHAPES).map((type) => [type, read(`--type-${type}`)]));
  return { ink: read("--ink"), soft: read("--soft"), paper: read("--paper"), line: read("--line"), accent: read("--accent"), types };
}

/** Return red, green and blue of #rrggbb or #rgb, from 0 to 255. */
export function channels(color) {
  const digits = color.length === 4 ? color.slice(1).replace(/./g, "$&$&") : color.slice(1, 7);
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16));
}

/** Return the colours of a mark: a cluster is a pale disc with a rim, with room for its name. */
export function colorsOf(node, theme) {
  const color = theme.types[node.type] ?? theme.soft;
  return node.cluster ? { fill: mixed(color, theme.paper, 0.14), outline: color } : { fill: color, outline: theme.paper };
}

/** Return the colour that lies between two, written #rrggbb: `share` of the first on the ground of the second. */
function mixed(color, ground, share) {
  const [a, b] = [color, ground].map(channels);
  return `#${a.map((value, at) => Math.round(value * share + b[at] * (1 - share)).toString(16).padStart(2, "0")).join("")}`;
}
