// Write entities, statements and the words that they rest on as Turtle, in the shape of kg/export/rdf.py.
// In: the records of gathering.js. Out: blocks of text, one a subject, to be joined; of a whole graph the same triples
// as graph.ttl. The trap: an honour that is only striven for has the plain triple lg:aimsAt, and a number that
// has no point is written with its type, since a bare `120` would be an integer.

import { datatypeOf, daysOf } from "./calendar.js";

const PREFIXES = {
  dcterms: "http://purl.org/dc/terms/",
  lg: "https://w3id.org/local-governance/ontology#",
  oa: "http://www.w3.org/ns/oa#",
  org: "http://www.w3.org/ns/org#",
  prov: "http://www.w3.org/ns/prov#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  schema: "https://schema.org/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};
/** What identifiers of these hold is ASCII and is written with a prefix; names in Chinese as whole IRIs. */
const COLLECTIONS = ["article", "document", "passage", "place", "rule", "source", "statement"];
const PREFIXED = new RegExp(`^(${COLLECTIONS.join("|")})/(\\w(?:[\\w.-]*[\\w-])?)$`);
const GAZETTEER = "source/gazetteer";
const GAZETTEER_SOURCE = "https://www.stats.gov.cn/sj/tjbz/tjyqhdmhcxhfdm/2023/";
const SHORT = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

/** Yield the file piece by piece; entities, statements, passages, articles and documents are lists of records. */
export function* turtleOf({ entities, statements, passages, articles, documents }, base) {
  const write = createWriter(base);
  const namespaces = { ...PREFIXES, ...Object.fromEntries(COLLECTIONS.map((name) => [name, `${base}${name}/`])) };
  for (const [prefix, namespace] of Object.entries(namespaces).sort()) yield `@prefix ${prefix}: <${namespace}> .\n`;
  const said = groupedBySubject(statements);
  for (const entity of entities) yield write.block(entity.id, [...named(entity), ...plainOf(said.get(entity.id) ?? [], write)]);
  for (const statement of statements) yield write.block(statement.id, statementFacts(statement, write));
  for (const passage of passages) yield write.block(passage.id, passageFacts(passage, write));
  for (const article of articles) yield write.block(article.id, articleFacts(article, write));
  for (const { id, source, sha256, newspaper } of documents) {
    yield write.block(id, [["a", "lg:Document"], ["dcterms:source", quoted(source)],
      ...(sha256 ? [["lg:sha256", quoted(sha256)]] : []), ...(newspaper ? [["lg:newspaper", zh(newspaper)]] : [])]);
  }
  yield* sharedBlocks(statements, write);
}

function groupedBySubject(statements) {
  const groups = new Map();
  for (const statement of statements) {
    if (!groups.has(statement.s)) groups.set(statement.s, []);
    groups.get(statement.s).push(statement);
  }
  return groups;
}

/** Return what writes IRIs of identifiers below the base, and blocks without saying a thing twice. */
function createWriter(base) {
  const encoder = new TextEncoder();
  const percent = (character) => Array.from(encoder.encode(character),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
  const iri = (id) => {
    const short = PREFIXED.exec(id);
    return short ? `${short[1]}:${short[2]}` : `<${base}${id.replace(/[^\p{L}\p{N}_\-.~/]/gu, percent)}>`;
  };
  // predicates and classes come from the vocabulary; what is no plain name stays out of the prefixed form all the same
  const lg = (name) => (/^[A-Za-z]\w*$/.test(name) ? `lg:${name}` : `<${PREFIXES.lg}${encodeURIComponent(name)}>`);
  const block = (id, facts) => {
    const lines = [...new Set(facts.map(([predicate, object]) => `${predicate} ${object}`))];
    return `\n${iri(id)} ${lines.join(" ;\n    ")} .\n`;
  };
  return { iri, lg, block };
}

/** Return a text as a literal on one line. */
export function quoted(text) {
  const escaped = text.replace(/[\x00-\x1f"\\\x7f]/g, (c) => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
  return `"${escaped.replace(/\p{Surrogate}/gu, "\ufffd")}"`;
}

function zh(text) {
  return `${quoted(text)}@zh`;
}

function decimal(text) {
  const short = text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
  return /^[+-]?\d*\.\d+$/.test(short) ? short : `${quoted(short)}^^xsd:decimal`;
}

function dateLiteral(value) {
  const type = datatypeOf(value);
  return type ? `${quoted(value)}^^xsd:${type}` : quoted(value);
}

function bounds(value) {
  const days = daysOf(value);
  return days ? [["lg:earliest", `"${days[0]}"^^xsd:date`], ["lg:latest", `"${days[1]}"^^xsd:date`]] : [];
}

function time(value) {
  return value ? [["lg:time", dateLiteral(value)], ...bounds(value)] : [];
}

function named({ type, kind, label, aliases, code }) {
  const facts = [["a", `lg:${type}`]];
  if (kind) facts.push(["a", `lg:${kind}`]);
  facts.push(["rdfs:label", zh(label)], ...aliases.map((alias) => ["skos:altLabel", zh(alias)]));
  if (code) facts.push(["dcterms:identifier", quoted(code)]);
  return facts;
}

/** Return the plain triples of statements of one subject, so that simple queries stay simple. */
function plainOf(statements, { iri, lg }) {
  return statements.flatMap(({ kind, p, o, value, status }) => {
    if (kind === "date") return [[lg(p), dateLiteral(value)]];
    if (kind === "figure" || !o) return [];
    return [[status === "aim" ? "lg:aimsAt" : lg(p), iri(o)]];
  });
}

function statementFacts(statement, write) {
  const facts = FACTS[statement.kind](statement, write);
  facts.push(["lg:confidence", decimal(String(Math.round(statement.confidence * 1e4) / 1e4))]);
  const sources = statement.passages.length ? statement.passages : [GAZETTEER];
  facts.push(...sources.map((id) => ["prov:wasDerivedFrom", write.iri(id)]));
  facts.push(...statement.rules.map((rule) => ["prov:wasGeneratedBy", write.iri(`rule/${rule}`)]));
  return facts;
}

const FACTS = {
  relation: ({ s, p, o, status }, { iri, lg }) =>
    [...reified(iri(s), lg(p), iri(o)), ...(status ? [["lg:status", quoted(status)]] : [])],
  date: ({ s, p, value }, { iri, lg }) => [...reified(iri(s), lg(p), dateLiteral(value)), ...bounds(value)],
  position: (statement, { iri }) => [
    ["a", "org:Membership"], ["org:member", iri(statement.s)], ["org:role", iri(`role/${statement.role}`)],
    ...(statement.o ? [["org:organization", iri(statement.o)]] : []), ...time(statement.time),
  ],
  funding: ({ s, o, amount, product, time: when }, { iri }) => [
    ["a", "lg:Funding"], ["lg:funder", iri(s)], ["lg:recipient", iri(o)],
    ...(amount ? [["lg:amount", decimal(amount)]] : []), ...(product ? [["lg:product", iri(product)]] : []), ...time(when),
  ],
  figure: (statement, { iri }) => [
    ["a", "lg:Observation"], ["lg:about", iri(statement.s)], ["lg:indicator", zh(statement.indicator)],
    ["lg:value", decimal(statement.value)], ...(statement.unit ? [["lg:unit", quoted(statement.unit)]] : []),
    ...(statement.qualifier ? [["lg:qualifier", quoted(statement.qualifier)]] : []), ...time(statement.time),
  ],
};

function reified(subject, predicate, object) {
  return [["a", "rdf:Statement"], ["rdf:subject", subject], ["rdf:predicate", predicate], ["rdf:object", object]];
}

function passageFacts({ article, start, end, text }, { iri }) {
  return [["a", "lg:Passage"], ["dcterms:isPartOf", iri(article)], ["oa:exact", zh(text)],
    ["oa:start", String(start)], ["oa:end", String(end)]];
}

function articleFacts({ document, headline, published, authors, photographers, mentioned, text }, { iri }) {
  const facts = [["a", "lg:Article"]];
  if (document) facts.push(["dcterms:isPartOf", iri(document)]);
  facts.push(["lg:text", zh(text)]);
  if (headline) facts.push(["schema:headline", zh(headline)]);
  if (published) facts.push(["schema:datePublished", dateLiteral(published)], ...bounds(published));
  for (const [predicate, ids] of [["schema:author", authors], ["lg:photographer", photographers], ["schema:mentions", mentioned]]) {
    facts.push(...ids.map((id) => [predicate, iri(id)]));
  }
  return facts;
}

/** Yield what statements share: their rules, the roles of positions, and the gazetteer. */
function* sharedBlocks(statements, write) {
  for (const rule of new Set(statements.flatMap(({ rules }) => rules))) {
    yield write.block(`rule/${rule}`, [["a", "lg:Rule"], ["rdfs:label", quoted(rule)]]);
  }
  for (const role of new Set(statements.flatMap(({ kind, role: held }) => (kind === "position" ? [held] : [])))) {
    yield write.block(`role/${role}`, [["a", "org:Role"], ["rdfs:label", zh(role)]]);
  }
  if (statements.some(({ passages }) => !passages.length)) {
    yield write.block(GAZETTEER, [["a", "lg:Gazetteer"],
      ["rdfs:label", `${quoted("Statistical division codes of China, 2023")}@en`],
      ["rdfs:label", zh("统计用区划代码和城乡划分代码（2023年）")], ["dcterms:source", `<${GAZETTEER_SOURCE}>`]]);
  }
}
