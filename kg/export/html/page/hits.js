// What stands under a point of the picture: the nearest mark, or else the nearest line.
// In: nodes and edges of a scene. Out: their identifiers. The trap: this is asked with every move of the pointer, of
// 250,000 lines as well; so places are held as plain numbers in arrays, and a line is measured only if its box is near.

/** Index places; nothing is computed before the first question. */
export function createHits(nodes, edges) {
  let places = null;
  const ready = () => (places ??= placesOf(nodes, edges));
  return {
    /** Return the nearest node that is shown and whose radius reaches the point, or null. */
    nodeAt: (point, radiusOf, isShown) => nodeAt(ready(), point, radiusOf, isShown),
    /** Return the nearest edge between shown nodes within a tolerance, or null. */
    edgeAt: (point, tolerance, isShown) => edgeAt(ready(), point, tolerance, isShown),
    move(id, x, y) {
      if (!places) return;
      const at = places.numbers.get(id);
      [places.xs[at], places.ys[at]] = [x, y];
    },
  };
}

function placesOf(nodes, edges) {
  const list = [...nodes.values()];
  const numbers = new Map(list.map(({ id }, number) => [id, number]));
  const lines = [...edges.values()];
  return {
    list,
    largest: largestOf(list),
    numbers,
    lines,
    xs: Float64Array.from(list, ({ x }) => x),
    ys: Float64Array.from(list, ({ y }) => y),
    from: Int32Array.from(lines, (edge) => numbers.get(edge.from)),
    to: Int32Array.from(lines, (edge) => numbers.get(edge.to)),
  };
}

function nodeAt({ list, largest, xs, ys }, { x, y }, radiusOf, isShown) {
  let reach = Math.max(0, ...largest.map(radiusOf)); // no mark is found from farther away
  let best = null;
  for (let at = 0; at < xs.length; at += 1) {
    if (Math.abs(xs[at] - x) > reach || Math.abs(ys[at] - y) > reach) continue;
    const distance = Math.hypot(xs[at] - x, ys[at] - y);
    if (distance > reach || distance > radiusOf(list[at]) || !isShown(list[at].id)) continue;
    [best, reach] = [list[at].id, distance];
  }
  return best;
}

/** Return the largest mark and the largest cluster: in each kind the radius grows with the size. */
function largestOf(list) {
  const found = {};
  for (const node of list) {
    const kind = node.cluster ? "cluster" : "mark";
    if (!found[kind] || node.size > found[kind].size) found[kind] = node;
  }
  return Object.values(found);
}

function edgeAt({ list, lines, xs, ys, from, to }, point, tolerance, isShown) {
  const { x, y } = point;
  let best = null;
  let nearest = tolerance;
  for (let at = 0; at < from.length; at += 1) {
    const ax = xs[from[at]];
    const ay = ys[from[at]];
    const bx = xs[to[at]];
    const by = ys[to[at]];
    if ((ax < x - nearest && bx < x - nearest) || (ax > x + nearest && bx > x + nearest)
      || (ay < y - nearest && by < y - nearest) || (ay > y + nearest && by > y + nearest)) continue;
    const distance = distanceToLine(point, { x: ax, y: ay }, { x: bx, y: by });
    if (distance < nearest && isShown(list[from[at]].id) && isShown(list[to[at]].id)) [best, nearest] = [lines[at].id, distance];
  }
  return best;
}

/** Return how far a point lies from a line that ends at a and b. */
export function distanceToLine({ x, y }, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const at = length ? Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0;
  return Math.hypot(x - a.x - at * dx, y - a.y - at * dy);
}
