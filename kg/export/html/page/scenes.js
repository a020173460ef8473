// What the picture shows: everything, the clusters of a large graph, or what lies around chosen entities.
// In: the model and the state. Out: a scene, {id, nodes, edges}: a node stands for an entity or for a cluster, an edge
// for all edges of the model between what its two nodes stand for. The trap: a filter must not change the scene, or
// the picture would jump at each choice; what it hides is told apart (hiddenIn).

import { around, shortestPath } from "./paths.js";

const MOST_AROUND = 300;
const MOST_FETCHED = 5000; // what one has walked to is not left out
const wholes = new WeakMap(); // the scene of everything, made once for the lines of a model
const ways = new WeakMap(); // the way last asked for: one change of the state asks for it several times
const NOWHERE = { x: null, y: null };

/** Return the scene of a state; its `id` is the same as long as its nodes are. */
export function sceneOf(model, { scene, expanded, chosen, path, depth }) {
  const cluster = clusterShown(model, scene);
  const entities = new Set(cluster ? cluster.members : entitiesOf(model, scene, depth));
  const isWhole = !cluster && isOfAll(model, scene);
  if (!isWhole) {
    for (const id of expanded) for (const near of around(model, [id], 1)) entities.add(near);
    for (const id of wayOf(model, path) ?? []) entities.add(id);
    if (chosen?.kind === "entity" && model.entities.has(chosen.id)) entities.add(chosen.id);
    if (chosen?.kind === "edge" && model.edges.has(chosen.id)) { entities.add(model.edges.get(chosen.id).from); entities.add(model.edges.get(chosen.id).to); }
  }
  if (isWhole && wholes.has(model.edgeList)) return wholes.get(model.edgeList);
  if (isWhole && model.picture?.nodes.length) return keep(model, drawnScene(model));
  const at = placer(model, cluster, scene);
  const nodes = [...entities].map((id) => entityNode(model.entities.get(id), at));
  const children = cluster ? cluster.children.map((id) => clusterNode(model, model.clusters.get(id), cluster)) : [];
  const edges = edgesBetween(model, entities, new Set(cluster?.children));
  const found = {
    id: JSON.stringify([scene, isWhole ? entities.size : [...entities].sort(), edges.length]),
    isPlaced: nodes.every(({ x }) => x !== null),
    nodes: [...children, ...nodes],
    edges,
    regions: isWhole ? regionsOf(model) : [],
  };
  return isWhole ? keep(model, found) : found;
}

function keep(model, scene) {
  wholes.set(model.edgeList, scene);
  return scene;
}

/** Return the picture that pyvis holds, drawn when the graph was built, as a scene. */
function drawnScene(model) {
  const { nodes, edges } = model.picture;
  return {
    id: "drawn",
    isPlaced: true,
    nodes: nodes.map(({ id, x, y, size }) => entityNode(model.entities.get(id), () => ({ x, y, size }))),
    edges: edges.map(({ id, from, to, arrows }) => ({ id, from, to, arrows, edges: [id] })),
    regions: [],
  };
}

function isShown(model, state, id) {
  return sceneOf(model, state).nodes.some(({ entity }) => entity === id);
}

/** Tell whether a scene shows all that the model holds. */
function isOfAll(model, { kind }) {
  return kind === "all" || (kind !== "around" && !model.opening);
}

/**
 * Return the change of a state by which an entity is shown: none if it is in the scene, else to the scene of its own
 * cluster, or, where there is more than is held, to what lies around it.
 */
export function sceneWith(model, state, id) {
  const { scene } = state;
  if (model.opening) return scene.kind !== "overview" && isShown(model, state, id) ? {} : { scene: { kind: "around", ids: [id] }, expanded: [] };
  const cluster = clusterShown(model, scene);
  if (!cluster || model.clusterOf(id) === cluster.id) return {};
  const own = model.clusterOf(id);
  return { scene: own ? { kind: "cluster", ids: [own] } : { kind: "overview", ids: [] } };
}

/** Return, for a state, the scene in which a way between two entities can be followed: in clusters one cannot. */
export function sceneOfWay(model, from, to) {
  const way = model.clusters.size ? shortestPath(model, from, to) : null;
  return way ? { scene: { kind: "around", ids: way } } : {};
}

/** Return the clusters as parts of the map of everything: {id, label, x, y, r}. */
function regionsOf(model) {
  const finest = finestUnit(model);
  return [...model.clusters.values()].filter(({ parent }) => parent !== null).map(({ id, label, x, y, r }) =>
    ({ id, label: nameOf(model, label), x: x / finest, y: y / finest, r: r / finest }));
}

function finestUnit(model) {
  return [...model.clusters.values()].reduce((least, { unit }) => Math.min(least, unit), Infinity);
}

/** Return the name of a cluster: that of its place, or words in both languages. */
function nameOf(model, label) {
  return typeof label === "string" ? model.entities.get(label)?.label ?? label : label;
}

/** Return the way between the two ends of a path as entities, or null. */
export function wayOf(model, path) {
  if (!path || !path.every((id) => model.entities.has(id))) return null;
  const key = path.join(" ");
  const { edgeList } = model;
  if (ways.get(edgeList)?.key !== key) ways.set(edgeList, { key, way: shortestPath(model, ...path) });
  return ways.get(edgeList).way;
}

/** Return the nodes of a scene that filter and reader hide. What is chosen, and what is on a path, is never hidden. */
export function hiddenIn(model, scene, { hidden, chosen, path }, shown) {
  const kept = new Set(wayOf(model, path) ?? []);
  if (chosen?.kind === "entity") kept.add(chosen.id);
  const taken = new Set(hidden);
  return new Set(scene.nodes.filter((node) => !kept.has(node.entity) && (node.entity === null
    ? node.cluster !== null && !anyShown(model, node.cluster, shown)
    : taken.has(node.entity) || !shown.has(node.entity))).map(({ id }) => id));
}

/** Return what stays bright in a scene, or null where nothing is chosen: {center, nodes, edges}, as ids of the scene. */
export function focusOf(model, scene, { chosen, path, depth }, shown) {
  const among = (entities, keep = () => true) => {
    const nodes = new Set(scene.nodes.filter((node) => entities.has(node.entity)).map(({ id }) => id));
    return { center: null, nodes, edges: new Set(scene.edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to) && keep(edge)).map(({ id }) => id)) };
  };
  const way = wayOf(model, path);
  if (way) return among(new Set(way), (edge) => Math.abs(way.indexOf(edge.from) - way.indexOf(edge.to)) === 1);
  switch (chosen?.kind) {
    case "entity": {
      const near = around(model, [chosen.id], depth, (id) => shown.has(id));
      const first = depth === 1 ? chosen.id : null;
      return { ...among(near, (edge) => !first || edge.from === first || edge.to === first), center: chosen.id };
    }
    case "edge": {
      const edge = model.edges.get(chosen.id);
      return edge ? among(new Set([edge.from, edge.to]), ({ id }) => id === chosen.id) : null;
    }
    case "statement": {
      const statement = model.statements.get(chosen.id);
      return statement ? among(new Set([statement.s, statement.o, statement.product])) : null;
    }
    case "article":
      return model.articles.has(chosen.id) ? among(new Set(model.namedIn(chosen.id))) : null;
    default:
      return null;
  }
}

function clusterShown(model, scene) {
  if (!model.clusters?.size || (scene.kind !== "overview" && scene.kind !== "cluster")) return null;
  return model.clusters.get(scene.kind === "cluster" ? scene.ids[0] : "") ?? model.clusters.get("");
}

function entitiesOf(model, scene, depth) {
  if (isOfAll(model, scene)) return model.entities.keys();
  if (scene.kind !== "around") return model.opening.keys();
  const ids = scene.ids.filter((id) => model.entities.has(id));
  const near = around(model, ids, depth);
  const most = model.opening ? MOST_FETCHED : MOST_AROUND;
  if (near.size <= most) return near;
  const ranked = [...near].filter((id) => !ids.includes(id)).sort((a, b) => model.degree(b) - model.degree(a) || (a < b ? -1 : 1));
  return [...ids, ...ranked.slice(0, most - ids.length)];
}

/**
 * Return a function that gives an entity its place and size in a scene. On the map of a large graph each cluster is drawn
 * smaller than in its own picture, by its `unit`; what is not at home in the scene has no place in it.
 */
function placer(model, cluster, scene) {
  if (scene.kind === "around") return () => NOWHERE;
  if (cluster) {
    return ({ id, x, y, size }) => (model.clusterOf(id) === cluster.id ? { ...placeIn(cluster, x, y), size } : { ...NOWHERE, size });
  }
  if (!model.clusters.size) return ({ x, y, size }) => ({ x, y, size });
  const finest = finestUnit(model);
  return ({ id, x, y, size }) => ({ x: x / finest, y: y / finest, size: (size * model.clusters.get(model.clusterOf(id)).unit) / finest });
}

function placeIn({ x, y, unit }, left, top) {
  return { x: (left - x) / unit, y: (top - y) / unit };
}

function entityNode(entity, at) {
  const { id, label, type } = entity;
  return { id, entity: id, cluster: null, label, type, size: entity.size, ...at(entity) };
}

function clusterNode(model, { id, label, type, size, x, y, r }, around) {
  return {
    id: `cluster:${id}`, entity: null, cluster: id, label: nameOf(model, label), type,
    ...placeIn(around, x, y), size: r / around.unit, count: size,
  };
}

function edgesBetween(model, entities, clusters) {
  if (!clusters.size) {
    const edges = [];
    for (const { id, from, to, arrows } of model.edgeList) if (entities.has(from) && entities.has(to)) edges.push({ id, from, to, arrows, edges: [id] });
    return edges;
  }
  const nodeAt = nodesByNumber(model, entities, clusters);
  const bundled = new Map();
  for (const { id, from, to, a, b, arrows } of model.edgeList) {
    const [one, other] = [nodeAt[a], nodeAt[b]];
    if (!one || !other || one === other) continue;
    const key = one < other ? `${one} ${other}` : `${other} ${one}`;
    let bundle = bundled.get(key);
    if (!bundle) {
      const isPlain = one === from && other === to;
      bundle = { id: isPlain ? id : key, from: one, to: other, arrows: isPlain ? arrows : "", edges: [] };
      bundled.set(key, bundle);
    }
    bundle.edges.push(id);
  }
  return [...bundled.values()];
}

/** Return for each entity, by its number, the node that stands for it in a scene: itself, a cluster around it, or null. */
function nodesByNumber(model, entities, clusters) {
  const nodeOfCluster = new Map([["", null]]);
  const nodeOf = (id) => {
    if (!nodeOfCluster.has(id)) nodeOfCluster.set(id, clusters.has(id) ? `cluster:${id}` : nodeOf(model.clusters.get(id).parent));
    return nodeOfCluster.get(id);
  };
  return model.entityList.map(({ id }) => (entities.has(id) ? id : nodeOf(model.clusterOf(id))));
}

function anyShown(model, cluster, shown) {
  const { members, children } = model.clusters.get(cluster);
  return members.some((id) => shown.has(id)) || children.some((id) => anyShown(model, id, shown));
}
