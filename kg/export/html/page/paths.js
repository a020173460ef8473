// Walk the graph: what lies within some steps of an entity, and the shortest way from one to another.
// In: the model and a test of which entities may be walked through. Out: identifiers.

/** Return the entities within so many steps of some, these first. */
export function around(model, ids, steps, mayPass = () => true) {
  const found = new Set(ids);
  let edge = [...found];
  for (let step = 0; step < steps && edge.length; step += 1) {
    const fresh = [];
    for (const id of edge) {
      for (const next of model.neighbours(id)) {
        if (!found.has(next) && mayPass(next)) {
          found.add(next);
          fresh.push(next);
        }
      }
    }
    edge = fresh;
  }
  return found;
}

/** Return the entities on a shortest way between two, both included, or null; of several ways always the same. */
export function shortestPath(model, from, to, mayPass = () => true) {
  const before = new Map([[from, null]]);
  for (const id of before.keys()) { // which grows meanwhile
    if (id === to) return back(before, to);
    for (const next of [...model.neighbours(id)].sort()) {
      if (!before.has(next) && (next === to || mayPass(next))) before.set(next, id);
    }
  }
  return null;
}

function back(before, to) {
  const way = [];
  for (let id = to; id !== null; id = before.get(id)) way.unshift(id);
  return way;
}
