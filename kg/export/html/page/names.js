// Names of marks and lines, placed so that none lies on another at any zoom: the nearer one comes, the more have room.
// In: what is in view, in pixels, and how wide a text is. Out: texts with their places. Nothing here touches the page.
// The trap: thousands of marks may be in view, and all this is done anew for each frame; hence the limits.

import { shortName } from "./words.js";

const GAP = 4; // between two names in a row, lest they read as one
const MOST = 260; // names at once: more nobody reads
const MARKS = 3000; // marks that names keep clear of
const LARGE = 26; // pixels of radius from which on a cluster's name is set in bold
const STRONG = 6; // links from which on a mark's name is set in bold
const STOPS = /[：:、，, ]/; // behind which a name is broken rather than within a word
const WEAK = 4; // links up to which a strong name may lie on a mark, where nothing else is free

/**
 * Place names. `view`: {width, height, nodes, lines, caption}; nodes are {id, label, x, y, r, links, first, marked, cluster, count}, the most
 * important first, where `first` says that a name must come before all others, and `marked` that it must stand out; lines are {text, x1, y1, x2, y2, first};
 * regions are {label, x, y}, the largest first; caption is {text, left, top} or null.
 */
export function placeNames({ width, height, nodes, lines = [], regions = [], caption = null }, measure) {
  const taken = createTaken();
  const inView = nodes.filter(({ x, y, r }) => x > -80 && y > -r && x < width + 80 && y < height + r);
  for (const { x, y, r, id, links, cluster } of inView.slice(0, MARKS)) {
    taken.add({ left: x - r, top: y - r, right: x + r, bottom: y + r, id, yields: links <= WEAK && !cluster });
  }
  const names = [];
  const put = (name, box, gap = 0) => {
    taken.add({ ...box, left: box.left - gap, right: box.right + gap });
    names.push({ ...name, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, box });
  };
  if (caption) placeCaption(caption, measure, put);
  for (const line of lines.filter(({ first }) => first)) placeLine(line, measure, taken, put);
  for (const region of regions) placeRegion(region, measure, taken, put);
  const told = new Set(names.map(({ text }) => text)); // a place that is a part of the map is not named again by its mark
  const sorted = [...inView].sort((a, b) => Number(Boolean(b.first)) - Number(Boolean(a.first)));
  for (const node of sorted) {
    if (names.length >= MOST) break;
    if (node.marked || !told.has(shortName(node.label, 13))) placeName(node, { width, height }, measure, taken, put);
  }
  for (const line of lines.filter(({ first }) => !first)) placeLine(line, measure, taken, put);
  return names;
}

function placeName(node, view, measure, taken, put) {
  const isStrong = node.marked || (node.cluster ? node.r >= LARGE : node.links >= STRONG);
  const name = { text: shortName(node.label, node.first ? 22 : 13), size: isStrong ? 13.5 : 12, weight: isStrong ? 600 : 400, tone: "ink", id: node.id };
  if (!name.text || (node.cluster && placeInDisc(node, name, measure, taken, put))) return;
  const places = placesOf(node, measure(name), name.size + 3).filter((box) => isInside(box, view, node));
  // a hub must have its name: where all places are taken, it may lie on small marks, and what is chosen on any
  const box = places.find((place) => taken.isFree(place, node.id))
    ?? places.find((place) => isStrong && taken.isFree(place, node.id, ({ yields }) => yields))
    ?? places.find((place) => node.marked && taken.isFree(place, node.id, isMark));
  if (!box) return;
  put(name, box, GAP);
}

/** Write the name of a cluster into its disc, or what stands before its colon, or its beginning; false if none has room. */
function placeInDisc(node, style, measure, taken, put) {
  const short = { ...node, label: node.label.split(/[：:]/)[0] };
  const beginning = { ...node, label: shortName(node.label, 5) };
  const alone = (each) => ({ ...each, count: 0 }); // rather a name than a number
  const ways = [[node, 13.5], [node, 11], [short, 13.5], [short, 11], [alone(node), 11], [beginning, 11], [alone(short), 11], [alone(beginning), 11]];
  return ways.some(([each, size]) => writeInDisc(each, { ...style, size }, measure, taken, put));
}

function writeInDisc({ id, label, x, y, r, count }, style, measure, taken, put) {
  const lines = linesOf(shortName(label, 40), 1.75 * r, 3, (text) => measure({ ...style, text }));
  const rows = lines.map((text) => ({ ...style, text }));
  if (count) rows.push({ text: String(count), size: 11, weight: 400, tone: "soft", id });
  const line = style.size + 3;
  const height = line * rows.length;
  const half = Math.max(...rows.map(measure)) / 2;
  const box = { left: x - half, right: x + half, top: y - height / 2, bottom: y + height / 2 };
  // corners of the box may stick out a little: letters seldom fill them
  if (!lines.length || Math.hypot(half, height / 2) > 1.25 * r || !taken.isFree(box, id)) return false;
  rows.forEach((row, at) => {
    const wide = measure(row) / 2;
    put(row, { left: x - wide, right: x + wide, top: box.top + line * at, bottom: box.top + line * (at + 1) });
  });
  return true;
}

/** Break a name into so many lines of a width at most, even ones; what is left over shows as an ellipsis. */
export function linesOf(text, widest, most, measure) {
  const lines = [];
  let rest = Array.from(text);
  const even = Math.ceil(rest.length / Math.ceil(measure(text) / widest));
  const width = STOPS.test(text) ? widest : Math.min(widest, 1.05 * measure(rest.slice(0, even).join("")));
  while (rest.length && lines.length < most) {
    let count = rest.length;
    while (count > 1 && measure(rest.slice(0, count).join("")) > width) count -= 1;
    if (measure(rest[0]) > width) return [];
    if (count < rest.length && lines.length === most - 1) {
      lines.push(rest.slice(0, Math.max(count - 1, 1)).join("") + "…");
      return lines;
    }
    const after = rest.slice(0, count).findLastIndex((character) => STOPS.test(character)) + 1;
    const taken = wordEnd(rest, count < rest.length && after > count / 2 ? after : count); // rather behind a stop than within a word
    if (!taken) return [];
    lines.push(rest.slice(0, taken).join(""));
    rest = rest.slice(taken);
  }
  return lines;
}

/** Write the name of a part of the map into its middle, whatever marks lie there. */
function placeRegion({ label, x, y }, measure, taken, put) {
  const name = { text: shortName(label, 13), size: 13.5, weight: 600, tone: "ink" };
  const half = measure(name) / 2;
  const box = { left: x - half, right: x + half, top: y - 8, bottom: y + 8 };
  if (taken.isFree(box, undefined, isMark)) put(name, box, GAP);
}

function placeCaption({ text, left, top }, measure, put) {
  const name = { text, size: 12, weight: 400, tone: "soft" };
  put(name, { left, top, right: left + measure(name), bottom: top + 15 });
}

function placeLine({ text, x1, y1, x2, y2 }, measure, taken, put) {
  const name = { text: shortName(text, 16), size: 11, weight: 400, tone: "accent" };
  if (!name.text) return;
  const half = measure(name) / 2;
  for (const share of [0.5, 0.36, 0.64]) { // the middle first
    const [x, y] = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
    const box = { left: x - half, right: x + half, top: y - 7, bottom: y + 7 };
    if (taken.isFree(box)) return put(name, box);
  }
}

/** Return where the name of a mark may stand, the best place first: below, above, right, left, and the corners. */
function placesOf({ x, y, r }, width, height) {
  const at = (left, top) => ({ left, top, right: left + width, bottom: top + height });
  return [
    at(x - width / 2, y + r + 2),
    at(x - width / 2, y - r - 2 - height),
    at(x + r + 4, y - height / 2),
    at(x - r - 4 - width, y - height / 2),
    at(x - width * 0.2, y + r + 2),
    at(x - width * 0.8, y + r + 2),
    at(x - width * 0.2, y - r - 2 - height),
    at(x - width * 0.8, y - r - 2 - height),
  ];
}

/** Tell whether a name stands wholly in the view, as long as its mark does. */
function isInside(box, { width, height }, { x, y }) {
  const isOut = x < 0 || y < 0 || x > width || y > height;
  return isOut || (box.left >= GAP && box.right <= width - GAP && box.top >= 0 && box.bottom <= height);
}

function isMark({ id }) {
  return id !== undefined;
}

/** Return the last place up to `count` at which a line may end: between any two characters, but not within a word of letters. */
function wordEnd(characters, count) {
  const isLetter = (character) => /[a-z]/i.test(character ?? "");
  let at = count;
  while (at > 0 && isLetter(characters[at - 1]) && isLetter(characters[at])) at -= 1;
  return at;
}

/** Remember which rectangles are taken, in a grid, so that thousands can be asked for. */
export function createTaken(cell = 64) {
  const grid = new Map();
  const cells = function* ({ left, top, right, bottom }) {
    for (let i = Math.floor(left / cell); i <= Math.floor(right / cell); i += 1) {
      for (let j = Math.floor(top / cell); j <= Math.floor(bottom / cell); j += 1) yield `${i} ${j}`;
    }
  };
  return {
    add(box) {
      for (const key of cells(box)) {
        if (grid.has(key)) grid.get(key).push(box);
        else grid.set(key, [box]);
      }
    },
    /** Tell whether nothing lies there but the owner and what `mayCover` allows. */
    isFree(box, owner, mayCover = () => false) {
      for (const key of cells(box)) {
        for (const other of grid.get(key) ?? []) {
          const apart = box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top;
          if (!apart && !(owner !== undefined && other.id === owner) && !mayCover(other)) return false;
        }
      }
      return true;
    },
  };
}
