import assert from "node:assert/strict";
import { test } from "node:test";

import { quoted, turtleOf } from "../../kg/export/html/page/turtle.js";

const BASE = "https://example.org/id/";
const town = { id: "place/990101101", type: "Place", kind: "Township", label: "白石镇", aliases: ["白石"], code: "990101101" };
const source = { passages: ["passage/1"], rules: ["relation.sample"], confidence: 0.9 };
const nothing = { entities: [], statements: [], passages: [], articles: [], documents: [] };
const written = (parts) => [...turtleOf({ ...nothing, ...parts }, BASE)].join("");

test("an entity has its classes, names and code", () => {
  assert.match(written({ entities: [town] }), new RegExp(`place:990101101 a lg:Place ;
    a lg:Township ;
    rdfs:label "白石镇"@zh ;
    skos:altLabel "白石"@zh ;
    dcterms:identifier "990101101" .`));
});

test("a statement is written twice: as a plain triple and as a node that says where it comes from", () => {
  const statement = { id: "statement/1", kind: "relation", s: town.id, p: "within", o: "place/990101", status: "", ...source };
  const text = written({ entities: [town], statements: [statement] });
  assert.ok(text.includes("    lg:within place:990101 ."));
  assert.ok(text.includes("statement:1 a rdf:Statement ;"));
  assert.ok(text.includes("    prov:wasDerivedFrom passage:1 ;"));
  assert.ok(text.includes("    lg:confidence 0.9 ;"));
});

test("an honour that is only striven for is no honour in the plain triple", () => {
  const statement = { id: "statement/1", kind: "relation", s: town.id, p: "recognizedAs", o: "honour/x", status: "aim", ...source };
  const text = written({ entities: [town], statements: [statement] });
  assert.ok(text.includes(`lg:aimsAt <${BASE}honour/x>`));
  assert.ok(!text.includes(`lg:recognizedAs <${BASE}honour/x>`));
});

test("whole numbers are decimals too, and times are as precise as they are", () => {
  const figure = { id: "statement/2", kind: "figure", s: town.id, indicator: "场次", value: "120.0", unit: "场", qualifier: "余", time: "2022-01/2022-06", ...source };
  const date = { id: "statement/3", kind: "date", s: town.id, p: "started", value: "2019-03", ...source, confidence: 1 };
  const text = written({ entities: [town], statements: [figure, date] });
  assert.ok(text.includes('lg:value "120"^^xsd:decimal'));
  assert.ok(text.includes('lg:time "2022-01/2022-06" ;\n    lg:earliest "2022-01-01"^^xsd:date'));
  assert.ok(text.includes('lg:started "2019-03"^^xsd:gYearMonth'));
  assert.ok(text.includes('lg:confidence "1"^^xsd:decimal'));
});

test("what rests on no words is derived from the gazetteer", () => {
  const statement = { id: "statement/1", kind: "relation", s: town.id, p: "within", o: "place/990101", status: "", ...source, passages: [] };
  assert.ok(written({ statements: [statement] }).includes("source:gazetteer a lg:Gazetteer"));
});

test("a prefix stands for the place of what has an ASCII identifier", () => {
  assert.ok(written({}).includes(`@prefix statement: <${BASE}statement/> .`));
  const odd = written({ entities: ["place/a.", "place/a/b", "place/镇", "place/a%"].map((id) => ({ ...town, id })) });
  for (const iri of ["place/a.", "place/a/b", "place/镇", "place/a%25"]) assert.ok(odd.includes(`<${BASE}${iri}>`), iri);
});

test("no text ends its literal, no identifier its IRI", () => {
  assert.equal(quoted('"\n\\\t\u0000\ud800'), '"\\"\\n\\\\\\t\\u0000\ufffd"');
  const text = written({ entities: [{ ...town, id: 'organization/a> . <b> "c{', label: '" . <x> <y> <z> . "' }] });
  assert.ok(text.includes(`<${BASE}organization/a%3E%20.%20%3Cb%3E%20%22c%7B>`));
  assert.ok(text.includes('rdfs:label "\\" . <x> <y> <z> . \\""@zh'));
});
