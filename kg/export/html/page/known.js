// Of a state that a link tells of, keep what this graph holds: the link may have been made with another graph.

/** Return the state without entities, edges, articles, statements, clusters and places that the model does not know. */
export function knownIn(model, state) {
  const kinds = { entity: "entities", edge: "edges", article: "articles", statement: "statements", cluster: "clusters" };
  const entities = (ids) => ids.filter((id) => model.entities.has(id));
  const { scene, chosen, path, filter, expanded, hidden, pinned, reading } = state;
  const around = entities(scene.ids);
  const isScene = scene.kind === "around" ? around.length > 0 : scene.kind !== "cluster" || model.clusters?.has(scene.ids[0]);
  return {
    ...state,
    scene: !isScene ? { kind: "overview", ids: [] } : scene.kind === "around" ? { kind: "around", ids: around } : scene,
    chosen: chosen && model[kinds[chosen.kind]]?.has(chosen.id) ? chosen : null,
    path: path && entities(path).length === 2 ? path : null,
    filter: {
      ...filter,
      place: model.entities.has(filter.place) ? filter.place : null,
      article: model.articles.has(filter.article) ? filter.article : null,
    },
    reading: model.articles.has(reading) ? reading : null,
    expanded: entities(expanded),
    hidden: entities(hidden),
    pinned: Object.fromEntries(Object.entries(pinned).filter(([id]) => model.entities.has(id))),
  };
}

/** Return the entities, articles and statements without which a state cannot be shown. */
export function namedBy({ scene, chosen, path, filter, expanded, reading }) {
  const ends = chosen?.kind === "edge" ? chosen.id.split(/ (?=[a-z]+\/)/) : [];
  const alone = ["entity", "article", "statement"].includes(chosen?.kind) ? [chosen.id] : [];
  const around = scene.kind === "around" ? scene.ids : [];
  return [...new Set([...around, ...expanded, ...alone, ...ends, ...path ?? [], filter.place, filter.article, reading].filter(Boolean))];
}
