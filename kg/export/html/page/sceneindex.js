// What is drawn, indexed: by identifier, by importance, by what is linked with what, and by place.
// In: a scene and the places that the reader has given to nodes. The trap: an edge whose end is not in the scene is left
// out, for no renderer knows where to draw it.

import { createHits } from "./hits.js";

const CROWDED = 2; // lines to a node from which on they are told apart by their weight
const FAINTEST = 0.12;

/** Index a scene; `pinned` maps identifiers to [x, y]. */
export function indexScene(scene, pinned = new Map()) {
  const nodes = new Map(scene.nodes.map((node) => {
    const [x, y] = pinned.get(node.id) ?? [node.x, node.y];
    return [node.id, { ...node, x, y, home: [node.x, node.y] }];
  }));
  const edges = new Map();
  const links = new Map();
  let most = 1; // links bundled by one line
  for (const edge of scene.edges) {
    if (!nodes.has(edge.from) || !nodes.has(edge.to)) continue;
    edges.set(edge.id, edge);
    link(links, edge.from, edge);
    if (edge.to !== edge.from) link(links, edge.to, edge);
    most = Math.max(most, bundledBy(edge));
  }
  const edgesOf = (id) => links.get(id) ?? [];
  const crowd = edges.size / Math.max(nodes.size, 1);
  const hits = createHits(nodes, edges);
  return {
    nodes,
    edges,
    edgesOf,
    /** How much of a line shows: where lines are many, those that bundle few links are faint. */
    opacityOf: (edge) => (crowd <= CROWDED || most === 1 ? 1 : Math.max(FAINTEST, (bundledBy(edge) / most) ** (0.3 * Math.min(crowd / CROWDED, 3)))),
    /** All nodes, the most important first. */
    ordered: [...nodes.values()].sort((a, b) => b.size - a.size || (a.id < b.id ? -1 : 1)),
    between: (a, b) => edgesOf(a).filter(({ from, to }) => from === b || to === b),
    nodeAt: hits.nodeAt,
    edgeAt: hits.edgeAt,
    /** Give a node another place. */
    move(id, x, y) {
      Object.assign(nodes.get(id), { x, y });
      hits.move(id, x, y);
    },
    boundsOf: (ids) => boundsOf(ids.map((id) => nodes.get(id)).filter(Boolean)),
    loose: looseBelow(nodes, links),
    /** Parts of the map that a scene may have, {id, label, x, y, r}, the largest first. */
    regions: [...(scene.regions ?? [])].sort((a, b) => b.r - a.r || (a.id < b.id ? -1 : 1)),
  };
}

function link(links, end, edge) {
  const list = links.get(end);
  if (list) list.push(edge);
  else links.set(end, [edge]);
}

/** Return how many links a line stands for. */
export function bundledBy({ edges }) {
  return Math.max(edges?.length ?? 1, 1);
}

function boundsOf(places) {
  if (!places.length) return null;
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of places) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** Return the nodes without a line, if they stand in rows of their own below all others; else none. */
function looseBelow(nodes, links) {
  const [loose, linked] = [[], []];
  for (const node of nodes.values()) (links.has(node.id) ? linked : loose).push(node);
  if (!linked.length) return [];
  const [above, below] = [boundsOf(linked), boundsOf(loose)];
  return below && below.top > above.bottom ? loose.map(({ id }) => id) : [];
}
