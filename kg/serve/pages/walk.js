// Walk a graph of any size: an entity with what is directly connected to it, and from there on, a neighbourhood a click.
//
// In: the entity in the address (?iri=). Out: a picture, and beside it the same as a list. The trap: each answer holds at
// most LIMIT neighbours, and a picture of more than MOST entities shows nothing; both are said when they are met.

import { picture, settle } from "./triples.js";

const LIMIT = 60;
const MOST = 300;
const TOP = new Set(
  "Place Facility Organization Person Programme Platform Project Product Policy Honour Group".split(" "),
);
const nodes = new Map();
const edges = new Map();
const place = document.getElementById("picture");
const panel = document.getElementById("chosen");
const english = document.documentElement.lang === "en";
const known = await (await fetch("/queries.json")).json();

const words = {
  label: place.getAttribute("aria-label"),
  relation: named,
  address: walkTo,
  short: (iri) => iri,
};

place.addEventListener("click", follow);
panel.addEventListener("click", follow);
addEventListener("popstate", () => choose(asked()));
if (asked()) await choose(asked());

function asked() {
  return new URLSearchParams(location.search).get("iri");
}

function walkTo(iri) {
  return `/walk?iri=${encodeURIComponent(iri)}`;
}

function follow(event) {
  const link = event.target.closest("a[href^='/walk?']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  choose(asked());
}

/** Show an entity with its neighbours, among what is shown already. */
async function choose(iri) {
  const answer = await fetch(`/graph/neighbours?${new URLSearchParams({ iri, limit: LIMIT })}`);
  if (!answer.ok) return tell(await answer.text());
  const told = await answer.json();
  if (nodes.size > MOST) {
    nodes.clear();
    edges.clear();
  }
  const centre = node(told, { x: 0, y: 0 });
  told.neighbours.forEach((neighbour, i) => connect(centre, neighbour, i));
  settle([...nodes.values()], [...edges.values()], edges.size > told.neighbours.length ? 20 : 75);
  for (const each of nodes.values()) each.chosen = each === centre;
  place.replaceChildren(picture([...nodes.values()], [...edges.values()], words));
  for (const link of place.querySelectorAll("a")) {
    if (link.getAttribute("href") === walkTo(iri)) link.classList.add("chosen");
  }
  list(told);
  document.title = told.label;
}

function node({ iri, label, types }, near) {
  if (!nodes.has(iri)) {
    const kind = types.map((type) => type.split("#").pop()).find((name) => TOP.has(name)) ?? "uri";
    nodes.set(iri, { term: { type: "uri", value: iri }, name: label, kind, ...near });
  }
  return nodes.get(iri);
}

function connect(centre, neighbour, i) {
  const angle = i * 2.399963;
  const other = node(neighbour, { x: centre.x + 75 * Math.cos(angle), y: centre.y + 75 * Math.sin(angle) });
  const [from, to] = neighbour.inverse ? [other, centre] : [centre, other];
  const key = [from.term.value, neighbour.relation, to.term.value].join(" ");
  edges.set(key, { from, to, predicate: neighbour.relation });
}

function list({ iri, label, types, neighbours, complete }) {
  const title = element("h1", label);
  const page = element("a", iri);
  page.href = addressOf(iri);
  const items = neighbours.map(({ relation, inverse, iri: other, label: name }) => {
    const item = element("li", `${inverse ? "← " : "→ "}${named(relation)} `);
    const link = element("a", name);
    link.href = walkTo(other);
    item.append(link);
    return item;
  });
  const all = document.createElement("ul");
  all.append(...items);
  const kinds = element("p", types.map(named).join(" · "));
  kinds.className = "note";
  panel.replaceChildren(title, kinds, page, all);
  if (!complete) panel.append(element("p", place.dataset.more));
  if (nodes.size > MOST) panel.append(element("p", place.dataset.full));
}

function tell(text) {
  panel.replaceChildren(element("p", text));
}

function addressOf(iri) {
  return iri.startsWith(known.base) ? `/id/${encodeURI(iri.slice(known.base.length)).replaceAll("%25", "%")}` : iri;
}

function named(iri) {
  return known.terms[iri]?.[english ? 1 : 0] ?? iri.split(/[#/]/).pop();
}

function element(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}
