// The clusters of a large graph: what each shows, and which one shows an entity.
// In: clusters and entities as rows; an entity names its cluster by number, a cluster the one that it is in. Out: Map id →
// {id, label, type, parent, size, members, children, x, y, r, unit}; empty where one view shows everything. The label of a place
// is the place's identifier, that of a community words in both languages; its type is empty where its members differ.

import { capital } from "./words.js";

const NAMES = 2; // leaders that a community is called after

export function indexClusters(rows, entityRows, entities, labels) {
  const clusters = new Map();
  for (const { id, parent, place, type, leaders, size, x, y, r, unit } of rows) {
    const label = place || named(leaders.map((leader) => entities.get(leader).label), size, labels[type]);
    clusters.set(id, { id, label, type: place ? entities.get(place).type : type, parent: parent < 0 ? null : rows[parent].id, size, members: [], children: [], x, y, r, unit });
    if (parent >= 0) clusters.get(rows[parent].id).children.push(id);
  }
  if (rows.length) for (const { id, inside } of entityRows) clusters.get(rows[inside].id).members.push(id);
  return {
    clusters,
    /** The cluster that shows an entity itself; empty for the whole. */
    clusterOf: (id) => rows[entities.get(id)?.inside]?.id,
  };
}

/** Call a community after its most linked members, and by their type if all are of one. */
function named(leaders, size, type) {
  const [some, isAll] = [leaders.slice(0, NAMES), size <= Math.min(NAMES, leaders.length)];
  return {
    zh: `${type ? `${type.zh}：` : ""}${some.join("、")}${isAll ? "" : "等"}`,
    en: `${type ? `${capital(type.en)}: ` : ""}${some.join(", ")}${isAll ? "" : " and others"}`,
  };
}
