// The state of the page as one plain value, with undo, and its form in the address.
// In: patches. Out: the state, told to whoever subscribed. The trap: the address may be written by hand or by another
// version, so whatever in it does not fit is left out, never believed.

/** What the page opens with; `chosen` is {kind, id}, a list that is null means everything. */
export const INITIAL = {
  view: "graph",
  scene: { kind: "overview", ids: [] },
  chosen: null,
  depth: 1,
  path: null,
  filter: { types: null, predicates: null, place: null, article: null, from: "", to: "", confidence: 0, bylines: false, text: "" },
  expanded: [],
  hidden: [],
  pinned: {},
  reading: null,
  sort: {},
  compare: {},
  timeline: {},
};

const MOST_UNDONE = 200;

/** Hold a state. `set` records what it replaces, so that it can be undone, unless told to `replace`. */
export function createStore(initial) {
  let state = initial;
  let past = [];
  let future = [];
  const listeners = new Set();
  const move = (next, isReplacing = false) => {
    const changed = new Set(Object.keys(next).filter((key) => next[key] !== state[key]));
    state = next;
    for (const listener of listeners) listener(state, changed, isReplacing);
  };
  return {
    get: () => state,
    set(patch, { replace = false } = {}) {
      const changes = Object.entries(patch).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(state[key]));
      if (!changes.length) return;
      if (!replace) {
        past = [...past.slice(-MOST_UNDONE + 1), state];
        future = [];
      }
      move({ ...state, ...Object.fromEntries(changes) }, replace);
    },
    undo() {
      if (!past.length) return;
      future.push(state);
      move(past.pop());
    },
    redo() {
      if (!future.length) return;
      past.push(state);
      move(future.pop());
    },
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const WORDS = /^[\w-]{0,40}$/;
const DAY = /^(\d{4}(-\d{2}(-\d{2})?)?)?$/;

/** How each part of the state stands in the address: [name there, path in the state, write, read]; LISTS hold many values. */
const LISTS = new Set(["scene", "chosen", "path", "types", "predicates", "expanded", "hidden", "pinned", "sort"]);
const PARTS = [
  ["view", ["view"], String, (text) => (WORDS.test(text) && text ? text : undefined)],
  ["scene", ["scene"], ({ kind, ids }) => [kind, ...ids], ([kind, ...ids]) => (/^(overview|cluster|all|around)$/.test(kind) ? { kind, ids } : undefined)],
  ["chosen", ["chosen"], ({ kind, id }) => [kind, id], ([kind, id]) => (/^(entity|edge|article|cluster|statement)$/.test(kind) && id ? { kind, id } : undefined)],
  ["depth", ["depth"], String, (text) => (text === "2" ? 2 : undefined)],
  ["path", ["path"], (ends) => ends, (ends) => (ends.length === 2 ? ends : undefined)],
  ["types", ["filter", "types"], (list) => list, (list) => list.filter(Boolean)],
  ["predicates", ["filter", "predicates"], (list) => list, (list) => list.filter(Boolean)],
  ["place", ["filter", "place"], String, (text) => text || undefined],
  ["article", ["filter", "article"], String, (text) => text || undefined],
  ["from", ["filter", "from"], String, (text) => (DAY.test(text) ? text : undefined)],
  ["to", ["filter", "to"], String, (text) => (DAY.test(text) ? text : undefined)],
  ["confidence", ["filter", "confidence"], String, (text) => (Number(text) > 0 && Number(text) <= 1 ? Number(text) : undefined)],
  ["bylines", ["filter", "bylines"], () => "yes", (text) => text === "yes" || undefined],
  ["text", ["filter", "text"], String, (text) => text],
  ["expanded", ["expanded"], (list) => list, (list) => list.filter(Boolean)],
  ["hidden", ["hidden"], (list) => list, (list) => list.filter(Boolean)],
  ["pinned", ["pinned"], (pins) => Object.entries(pins).flatMap(([id, at]) => [id, ...at.map(Math.round)]), readPins],
  ["sort", ["sort"], (sorts) => Object.entries(sorts).flatMap(([table, by]) => [table, ...by]), readSorts],
  ["reading", ["reading"], String, (text) => text || undefined],
  ["indicator", ["compare", "indicator"], String, (text) => text || undefined],
  ["time", ["compare", "time"], String, (text) => (/^[\d/-]*$/.test(text) ? text : undefined)],
  ["unit", ["timeline", "unit"], String, (text) => (/^(year|month)$/.test(text) ? text : undefined)],
  ["reported", ["timeline", "reported"], () => "yes", (text) => text === "yes" || undefined],
];

/** Return what differs from the initial state as a readable fragment, `#view=timeline&place=place/330411104`. */
export function toHash(state, initial = INITIAL) {
  const parts = PARTS.flatMap(([name, path, write]) => {
    const value = at(state, path);
    if (value === undefined || value === null || JSON.stringify(value) === JSON.stringify(at(initial, path))) return [];
    return [`${name}=${[write(value)].flat().map(escaped).join(",")}`];
  });
  return parts.length ? `#${parts.join("&")}` : "";
}

/** Return the state that a fragment tells of; what cannot be read is as in the initial state. */
export function fromHash(hash, initial = INITIAL) {
  const state = structuredClone(initial);
  for (const part of hash.replace(/^#/, "").split("&")) {
    const [name, ...rest] = part.split("=");
    const known = PARTS.find(([its]) => its === name);
    const values = rest.join("=").split(",").map(unescaped);
    if (!known || values.includes(null)) continue;
    const [, path, , read] = known;
    const value = read(LISTS.has(name) ? values : values[0]);
    if (value !== undefined) put(state, path, value);
  }
  return state;
}

function readPins(values) {
  const pins = Object.create(null);
  for (let i = 0; i + 2 < values.length; i += 3) {
    const [x, y] = [Number(values[i + 1]), Number(values[i + 2])];
    if (Number.isFinite(x) && Number.isFinite(y)) pins[values[i]] = [x, y];
  }
  return { ...pins };
}

function readSorts(values) {
  const sorts = {};
  for (let i = 0; i + 2 < values.length; i += 3) {
    const [table, column, direction] = values.slice(i, i + 3);
    if (["entities", "statements", "reading"].includes(table) && WORDS.test(column) && ["asc", "desc"].includes(direction)) sorts[table] = [column, direction];
  }
  return sorts;
}

function at(state, path) {
  return path.reduce((value, key) => value?.[key], state);
}

function put(state, path, value) {
  const [last, ...above] = [...path].reverse();
  above.reverse().reduce((inner, key) => inner[key], state)[last] = value;
}

function escaped(value) {
  return encodeURIComponent(String(value)).replace(/%(2F|3A)/g, decodeURIComponent);
}

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
