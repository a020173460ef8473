// Places for nodes that have none yet, near what they are linked with: for what a reader unfolds. In: a few hundred nodes
// and their edges. Out: a place for each. The trap: the same graph must look the same, so nothing is random; what starts
// at one point is spread by the golden angle.

const LENGTH = 110; // of an edge, in the units of the picture
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
  spread(nodes, near, places);
  const free = nodes.filter(({ id }) => !fixed.has(id)).map(({ id }) => id);
  if (free.length <= MOST) relax(nodes, free, near, places);
  return places;
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
  const queue = byLinks.filter((id) => places.has(id));
  const waiting = new Set(byLinks.filter((id) => !places.has(id)));
  let turn = 0;
  for (const start of byLinks) {
    if (waiting.delete(start)) {
      places.set(start, beside(near.get(start), places, turn));
      turn += 1;
      queue.push(start);
    }
    while (queue.length) {
      for (const id of near.get(queue.shift())) {
        if (!waiting.delete(id)) continue;
        places.set(id, beside(near.get(id), places, turn));
        turn += 1;
        queue.push(id);
      }
    }
  }
}

function beside(neighbours, places, turn) {
  const known = neighbours.filter((id) => places.has(id)).map((id) => places.get(id));
  const [x, y] = known.length ? middle(known) : middle([...places.values()]);
  const away = known.length || !places.size ? LENGTH * (places.size ? 1 : 0) : LENGTH * (1 + Math.sqrt(turn));
  return [x + away * Math.cos(turn * TURN), y + away * Math.sin(turn * TURN)];
}

function middle(places) {
  const total = places.reduce(([x, y], [u, v]) => [x + u, y + v], [0, 0]);
  return total.map((value) => value / Math.max(places.length, 1));
}

/** Let the free nodes push all others off and be drawn by their edges, by ever smaller steps. */
function relax(nodes, free, near, places) {
  const all = nodes.map(({ id }) => places.get(id));
  const steps = Math.min(90, Math.floor(WORK / Math.max(free.length * all.length, 1)));
  for (let step = 0; step < steps; step += 1) {
    const reach = LENGTH * 0.5 * (1 - step / steps) + 1;
    for (const id of free) {
      const [dx, dy] = forceOn(places.get(id), all, near.get(id).map((other) => places.get(other)));
      const force = Math.hypot(dx, dy);
      if (!force) continue;
      const place = places.get(id);
      const share = Math.min(force, reach) / force;
      place[0] += dx * share;
      place[1] += dy * share;
    }
  }
}

function forceOn(place, all, linked) {
  let [dx, dy] = [0, 0];
  for (const other of all) {
    const [x, y] = [place[0] - other[0], place[1] - other[1]];
    const distance = x * x + y * y;
    if (other === place || distance > 16 * LENGTH * LENGTH) continue;
    const push = (LENGTH * LENGTH * 0.6) / Math.max(distance, 1);
    dx += x * push;
    dy += (distance ? y : 1) * push;
  }
  for (const other of linked) {
    const pull = Math.hypot(place[0] - other[0], place[1] - other[1]) / LENGTH / Math.sqrt(linked.length);
    dx -= (place[0] - other[0]) * pull;
    dy -= (place[1] - other[1]) * pull;
  }
  return [dx, dy];
}
