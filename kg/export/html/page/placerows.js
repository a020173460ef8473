// The tree of places as rows: which are open, how many things lie in each. In: the model's tree and what is shown.
// Out: rows in the order in which they stand. The trap: a thing that belongs to two villages of one town is one thing in
// the town.

/** Count the things in each place, those inside its parts included, by type: Map place → {total, byType: Map}. */
export function placeCounts(roots, entities, placesOf, typeOf) {
  const parents = new Map();
  const stack = roots.map((node) => [node, null]);
  while (stack.length) {
    const [{ id, children }, parent] = stack.pop();
    parents.set(id, parent);
    for (const child of children) stack.push([child, id]);
  }
  const counts = new Map([...parents.keys()].map((id) => [id, { total: 0, byType: new Map() }]));
  for (const entity of entities) {
    const around = new Set();
    for (let home of placesOf(entity)) {
      for (; home && !around.has(home) && parents.has(home); home = parents.get(home)) around.add(home);
    }
    around.delete(entity); // a place does not lie in itself
    const type = typeOf(entity);
    for (const place of around) {
      const count = counts.get(place);
      count.total += 1;
      count.byType.set(type, (count.byType.get(type) ?? 0) + 1);
    }
  }
  return counts;
}

/** Return the rows that stand open: [{id, level, open, leaf, place, of, parent}], places of most things first. */
export function openRows(roots, isOpen, counts) {
  const rows = [];
  const total = (id) => counts.get(id)?.total ?? 0;
  const add = (nodes, level, parent) => {
    const ordered = [...nodes].sort((a, b) => total(b.id) - total(a.id) || (a.id < b.id ? -1 : 1));
    ordered.forEach(({ id, children }, at) => {
      const open = children.length > 0 && isOpen(id);
      rows.push({ id, level, open, leaf: !children.length, place: at + 1, of: ordered.length, parent });
      if (open) add(children, level + 1, id);
    });
  };
  add(roots, 1, null);
  return rows;
}

/** Return what a key does in a tree: {to: id}, {open: id}, {close: id} or null. */
export function keyInTree(key, at, rows) {
  const row = rows[at];
  switch (key) {
    case "ArrowDown": return { to: rows[Math.min(at + 1, rows.length - 1)].id };
    case "ArrowUp": return { to: rows[Math.max(at - 1, 0)].id };
    case "Home": return { to: rows[0].id };
    case "End": return { to: rows.at(-1).id };
    case "ArrowRight": return row.leaf ? null : row.open ? { to: rows[at + 1].id } : { open: row.id };
    case "ArrowLeft": return row.open ? { close: row.id } : row.parent ? { to: row.parent } : null;
    default: return null;
  }
}
