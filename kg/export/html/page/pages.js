// Pages of the side panel that are not about one entity: a statement, a path between two entities, a cluster.

import { make, nameOf } from "./elements.js";
import { entityLink } from "./evidence.js";
import { wayOf } from "./scenes.js";
import { statementItem, wholeLine } from "./statements.js";
import { readableTime } from "./words.js";

const MEMBERS_AT_ONCE = 40;

/** Make a part of a page under its title, or nothing if there is nothing in it. */
export function section(title, other, ...content) {
  const filled = content.filter(Boolean);
  if (!filled.length) return [];
  return [make("section", {}, make("h3", {}, title, other ? make("span", { class: "other" }, other) : null), ...filled)];
}

/** Make the top of a page: what it is about, and the button that closes it. */
export function head(kicker, title, context) {
  return make("div", { class: "head" },
    make("p", { class: "kicker" }, ...kicker),
    make("h2", { tabindex: -1 }, ...title),
    make("button", { type: "button", class: "close", "aria-label": context.speech().say("close"), onclick: context.close }, "×"));
}

/** Show one statement with its sentences; the address that is shown then leads back to it. */
export function statementPage(id, context) {
  const { model } = context;
  const speech = context.speech();
  const statement = model.statements.get(id);
  const told = statement.from && [statement.from, statement.to].map((day) => readableTime(day, speech.language));
  return [
    head([speech.say("statement")], [nameOf(speech.term(statement.p ?? "Observation"))], context),
    make("ul", { class: "statements" }, statementItem(id, wholeLine(id, context), true, context)),
    told ? make("p", { class: "faint" }, speech.say("toldFor", { days: [...new Set(told)].join(" – ") })) : null,
    make("p", { class: "rules" }, make("code", {}, id)),
  ].filter(Boolean);
}

/** Show the shortest way between two entities, step by step, each with its statements and their sentences. */
export function pathPage(path, context) {
  const { model } = context;
  const speech = context.speech();
  const names = path.flatMap((id, at) => [at ? make("span", { class: "dash" }, " → ") : null, nameOf(model.entities.get(id)?.label ?? id)]);
  const way = wayOf(model, path);
  const steps = (way ?? []).slice(1).flatMap((id, at) => {
    const edge = model.edgesOf(id).find(({ from, to }) => from === way[at] || to === way[at]);
    return section(speech.say("step", { n: at + 1 }), "", make("ul", { class: "statements" },
      ...edge.statements.map((key) => statementItem(key, wholeLine(key, context), at < 3, context))));
  });
  return [
    head([speech.say("path")], names, context),
    make("p", { class: way ? "faint" : "none" }, way ? speech.say("steps", { n: way.length - 1 }) : speech.say(context.source.isWhole ? "noPath" : "noPathFetched")),
    ...steps,
  ];
}

/** Show what a cluster of the overview holds. */
export function clusterPage(id, context) {
  const { model, store } = context;
  const speech = context.speech();
  const cluster = model.clusters.get(id);
  const members = [...cluster.members].sort((a, b) => model.degree(b) - model.degree(a) || (a < b ? -1 : 1));
  const open = (ids) => () => store.set({ scene: ids ? { kind: "cluster", ids: [ids] } : { kind: "overview", ids: [] }, chosen: ids ? { kind: "cluster", id: ids } : null });
  const list = (ids) => make("ul", { class: "members" }, ...ids.map((member) => make("li", {}, entityLink(member, context))));
  const rest = members.splice(MEMBERS_AT_ONCE);
  const children = cluster.children.map((child) => make("li", {}, make("button", { type: "button", class: "article-link", onclick: open(child) },
    nameOf(clusterName(child, context))), make("span", { class: "count" }, String(model.clusters.get(child).size))));
  return [
    head([speech.say("cluster", { n: cluster.size })], [nameOf(clusterName(id, context))], context),
    make("div", { class: "actions" },
      make("button", { type: "button", onclick: open(id) }, speech.say("openCluster")),
      cluster.parent !== null ? make("button", { type: "button", onclick: open(cluster.parent) }, speech.say("upCluster")) : null),
    ...section(speech.say("parts"), "", children.length ? make("ol", { class: "articles" }, ...children) : null),
    ...section(speech.say("members"), "", members.length ? list(members) : null,
      rest.length ? make("button", { type: "button", class: "more", onclick: (event) => event.target.replaceWith(list(rest)) }, speech.say("moreMembers", { n: rest.length })) : null),
  ];
}

/** Return the name of a cluster: of the place that it stands for, or words for what it gathers. */
export function clusterName(id, { model, speech }) {
  const { label } = model.clusters.get(id);
  if (typeof label === "string") return model.entities.get(label)?.label ?? label;
  return label[speech().language];
}
