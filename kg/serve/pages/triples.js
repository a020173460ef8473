// Triples as a picture: what a CONSTRUCT or DESCRIBE gives, as nodes and arrows, in the results of YASGUI.
//
// In: rows with subject, predicate, object. Out: SVG. The trap: names are others' texts, and a picture of thousands of
// arrows shows nothing: only the first are drawn, which the picture says.

const MOST = 150; // triples
const STEPS = 250;
const IDEAL = 75; // between neighbours, in pixels
const SVG = "http://www.w3.org/2000/svg";
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";

/** Return nodes and edges of rows; a label names its subject instead of being a node. */
export function pictured(rows) {
  const nodes = new Map();
  const edges = [];
  const node = (term) => {
    const key = term.type === "uri" || term.type === "bnode" ? term.value : JSON.stringify(term);
    if (!nodes.has(key)) nodes.set(key, { term, name: "" });
    return nodes.get(key);
  };
  const labels = rows.filter((row) => row.predicate.value === LABEL);
  const relations = rows.filter((row) => row.predicate.value !== LABEL);
  for (const { subject, predicate, object } of relations.slice(0, MOST)) {
    edges.push({ from: node(subject), to: node(object), predicate: predicate.value });
  }
  for (const { subject, object } of labels) {
    if (nodes.has(subject.value)) nodes.get(subject.value).name ||= object.value;
    else if (nodes.size < MOST) node(subject).name = object.value;
  }
  return { nodes: [...nodes.values()], edges, left: Math.max(relations.length - MOST, 0) };
}

/** Give each node a place (Fruchterman and Reingold): neighbours attract, all repel; the same input, the same picture. */
export function arrange(nodes, edges) {
  const radius = IDEAL * Math.sqrt(nodes.length);
  nodes.forEach((node, i) => {
    const angle = i * 2.399963; // the golden angle: no two start in one direction
    const distance = (radius * Math.sqrt(i + 0.5)) / Math.sqrt(nodes.length);
    Object.assign(node, { x: distance * Math.cos(angle), y: distance * Math.sin(angle) });
  });
  settle(nodes, edges, IDEAL);
}

/** Move nodes from where they are, `furthest` at first and less and less. */
export function settle(nodes, edges, furthest) {
  for (let step = 0; step < STEPS; step++) move(nodes, edges, furthest * (1 - step / STEPS));
}

function move(nodes, edges, furthest) {
  for (const node of nodes) Object.assign(node, { dx: -node.x * 0.02, dy: -node.y * 0.02 });
  nodes.forEach((a, i) => {
    for (const b of nodes.slice(i + 1)) push(a, b, (distance) => (IDEAL * IDEAL) / distance);
  });
  for (const { from, to } of edges) if (from !== to) push(from, to, (distance) => (-distance * distance) / IDEAL);
  for (const node of nodes) {
    const length = Math.hypot(node.dx, node.dy) || 1;
    node.x += (node.dx / length) * Math.min(length, furthest);
    node.y += (node.dy / length) * Math.min(length, furthest);
  }
}

function push(a, b, force) {
  const [x, y] = [a.x - b.x, a.y - b.y];
  const distance = Math.max(Math.hypot(x, y), 1);
  const share = force(distance) / distance;
  a.dx += x * share;
  a.dy += y * share;
  b.dx -= x * share;
  b.dy -= y * share;
}

/** Return the view for YASGUI's results; `words` names things: label, more, relation(iri), address(iri), short(iri). */
export function triplesView(words) {
  return class {
    priority = 5;
    label = words.label;

    constructor(results) {
      this.results = results;
    }

    canHandleResults() {
      return (this.results.results?.getVariables() ?? []).slice(0, 3).join(" ") === "subject predicate object";
    }

    getIcon() {
      const icon = element("svg", { viewBox: "0 0 16 16", width: 16, height: 16, class: "triplesIcon" });
      icon.append(element("path", { d: "M4 4 L12 12 M4 4 L13 4", stroke: "currentColor" }));
      for (const [cx, cy] of [[4, 4], [12, 12], [13, 4]]) icon.append(element("circle", { cx, cy, r: 2.5 }));
      return icon;
    }

    draw() {
      const { nodes, edges, left } = pictured(this.results.results.getBindings());
      arrange(nodes, edges);
      this.results.resultsEl.replaceChildren(picture(nodes, edges, words));
      if (left) this.results.resultsEl.prepend(Object.assign(document.createElement("p"), { textContent: words.more(left) }));
    }
  };
}

/** Draw nodes and edges; `words` names things, as `triplesView` does. */
export function picture(nodes, edges, words) {
  const [xs, ys] = [nodes.map(({ x }) => x), nodes.map(({ y }) => y)];
  const [left, top] = [Math.min(0, ...xs) - 90, Math.min(0, ...ys) - 40];
  const [width, height] = [Math.max(0, ...xs) - left + 90, Math.max(0, ...ys) - top + 40];
  const svg = element("svg", { viewBox: `${left} ${top} ${width} ${height}`, class: "triples", role: "group" });
  svg.setAttribute("aria-label", words.label);
  svg.append(arrowhead(), ...edges.flatMap((edge) => arrow(edge, words)), ...nodes.map((node) => mark(node, words)));
  return svg;
}

function arrowhead() {
  const shape = { id: "arrowhead", viewBox: "0 0 8 8", refX: 14, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" };
  const marker = element("marker", shape);
  marker.append(element("path", { d: "M0 0 L8 4 L0 8 z" }));
  return marker;
}

function arrow({ from, to, predicate }, words) {
  const line = element("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, "marker-end": "url(#arrowhead)" });
  const name = element("text", { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2, class: "relation" });
  name.textContent = words.relation(predicate);
  return [line, name];
}

function mark(node, words) {
  const address = node.term.type === "uri" ? words.address(node.term.value) : "";
  const group = element(address ? "a" : "g", address ? { href: address } : {});
  group.append(element("circle", { cx: node.x, cy: node.y, r: 6, class: node.kind ?? node.term.type }));
  const name = element("text", { x: node.x, y: node.y - 10 });
  const text = node.name || (node.term.type === "uri" ? words.short(node.term.value) : node.term.value);
  name.textContent = text.length > 24 ? `${text.slice(0, 23)}…` : text;
  const whole = element("title", {});
  whole.textContent = text;
  group.append(whole, name);
  return group;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
