// Places for nodes that have none yet, near what they are linked with: for what a reader unfolds. In: a few hundred nodes
// and their edges. Out: a place for each. The trap: the same graph must look the same, so nothing is random; what starts
// at one point is spread by the golden angle.

const LENGTH = 110; // of an edge, in the units of the picture
const ROOM = 46; // between the middles of two nodes
const ROUNDS = 8;
const MOST = 400;
const TURN = Math.PI * (3 - Math.sqrt(5));
const WORK = 2.4e6; // pairs of nodes looked at in all, some 30 ms

/**
 * Return Map id → [x, y]. `fixed`: identifiers (Set) or places (Map id → [x, y]) of nodes that stay where they are;
 * a node with x and y starts from there. More than 400 free nodes are spread, but not settled.
 */
export function settle(nodes, edges, { fixed = new Set() } = {}) {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const ends = edges.filter(({ from, to }) => from !== to && known.has(from) && known.has(to));
  const near = neighboursOf(nodes, ends);
  const places = new Map();
  for (const { id, x, y } of nodes) {
    if (fixed instanceof Map && fixed.has(id)) places.set(id, [...fixed.get(id)]);
    else if (Number.isFinite(x) && Number.isFinite(y)) places.set(id, [x, y]);
  }
  const isAlone = ({ id }) => !near.get(id).length && !places.has(id);
  const [alone, others] = [nodes.filter(isAlone), nodes.filter((node) => !isAlone(node))];
  spread(others, near, places);
  const free = others.filter(({ id }) => !fixed.has(id)).map(({ id }) => id);
  if (free.length <= MOST) relax(others, free, near, places);
  putBelow(alone, places);
  return places;
}

/** Put nodes without links in rows below all others: nothing says where they belong, and whatever pushes drives them away. */
function putBelow(alone, places) {
  if (!alone.length) return;
  const known = places.size ? [...places.values()] : [[0, 0]];
  const [xs, ys] = [0, 1].map((axis) => known.map((place) => place[axis]));
  const left = Math.min(...xs);
  const bottom = Math.max(...ys) + LENGTH;
  const columns = Math.max(Math.floor((Math.max(...xs) - left) / LENGTH) + 1, Math.ceil(Math.sqrt(alone.length)));
  alone.forEach(({ id }, at) => places.set(id, [left + (at % columns) * LENGTH, bottom + Math.floor(at / columns) * LENGTH]));
}

function neighboursOf(nodes, edges) {
  const near = new Map(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) {
    near.get(from).push(to);
    near.get(to).push(from);
  }
  return near;
}

/** Give each node without a place one beside its neighbours that have one, from the best linked outwards. */
function spread(nodes, near, places) {
  const byLinks = nodes.map(({ id }) => id).sort((a, b) => near.get(b).length - near.get(a).length || (a < b ? -1 : 1));
  const waiting = new Set(byLinks.filter((id) => !places.has(id)));
  const crowds = new Map();
  const put = (id) => places.set(id, beside(near.get(id).filter((other) => places.has(other)), places, crowds));
  const queue = byLinks.filter((id) => places.has(id));
  for (const start of ["", ...byLinks]) {
    if (waiting.delete(start)) {
      put(start);
      queue.push(start);
    }
    for (let at = 0; at < queue.length; at += 1) { // which grows meanwhile
      for (const id of near.get(queue[at])) {
        if (!waiting.delete(id)) continue;
        put(id);
        queue.push(id);
      }
    }
    queue.length = 0;
  }
}

/** Return a place beside neighbours: around a single one on a spiral, each further out than the one before. */
function beside(neighbours, places, crowds) {
  if (!places.size) return [0, 0];
  const key = neighbours.length === 1 ? neighbours[0] : "";
  const count = crowds.get(key) ?? 0;
  crowds.set(key, count + 1);
  const [x, y] = middle(neighbours.length ? neighbours.map((id) => places.get(id)) : [...places.values()]);
  const away = LENGTH * (neighbours.length ? Math.sqrt(1 + count / 6) : 2 + Math.sqrt(count));
  return [x + away * Math.cos(count * TURN), y + away * Math.sin(count * TURN)];
}

function middle(places) {
  const total = places.reduce(([x, y], [u, v]) => [x + u, y + v], [0, 0]);
  return total.map((value) => value / Math.max(places.length, 1));
}

/** Let the free nodes push all others off and be drawn by their edges, by ever smaller steps. */
function relax(nodes, free, near, places) {
  const numbers = new Map(nodes.map(({ id }, number) => [id, number]));
  const xs = Float64Array.from(nodes, ({ id }) => places.get(id)[0]);
  const ys = Float64Array.from(nodes, ({ id }) => places.get(id)[1]);
  const movers = free.map((id) => [numbers.get(id), near.get(id).map((other) => numbers.get(other))]);
  const steps = Math.min(90, Math.floor(WORK / Math.max(free.length * nodes.length, 1)));
  for (let step = 0; step < steps; step += 1) {
    const reach = LENGTH * 0.5 * (1 - step / steps) + 1;
    for (const [number, linked] of movers) move(number, linked, xs, ys, reach);
  }
  for (let round = 0; round < ROUNDS; round += 1) for (const [number] of movers) stepAside(number, xs, ys);
  for (const [number] of movers) places.set(nodes[number].id, [xs[number], ys[number]]);
}

/** Move one node by the sum of what pushes and pulls it, `reach` at most. */
function move(number, linked, xs, ys, reach) {
  const [x, y] = [xs[number], ys[number]];
  let [dx, dy] = [0, 0];
  for (let other = 0; other < xs.length; other += 1) {
    const [right, down] = [x - xs[other], y - ys[other]];
    const distance = right * right + down * down;
    if (other === number || distance > 16 * LENGTH * LENGTH) continue;
    const push = (LENGTH * LENGTH * 0.6) / Math.max(distance, 1);
    dx += right * push;
    dy += (distance ? down : 1) * push;
  }
  for (const other of linked) {
    const pull = Math.hypot(x - xs[other], y - ys[other]) / LENGTH / Math.sqrt(linked.length);
    dx -= (x - xs[other]) * pull;
    dy -= (y - ys[other]) * pull;
  }
  const force = Math.hypot(dx, dy);
  if (!force) return;
  xs[number] = x + (dx * Math.min(force, reach)) / force;
  ys[number] = y + (dy * Math.min(force, reach)) / force;
}

/** Move one node away from those that it lies on. */
function stepAside(number, xs, ys) {
  for (let other = 0; other < xs.length; other += 1) {
    const right = xs[number] - xs[other];
    const down = ys[number] - ys[other];
    if (other === number || Math.abs(right) >= ROOM || Math.abs(down) >= ROOM) continue;
    const distance = Math.hypot(right, down);
    if (distance >= ROOM) continue;
    const share = distance ? (ROOM - distance) / distance / 2 : 0;
    xs[number] += distance ? right * share : ROOM / 2;
    ys[number] += down * share;
  }
}
