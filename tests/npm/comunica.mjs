// Ask Comunica queries over a file of RDF: `node comunica.mjs FILE < queries.json`, a JSON array of SPARQL texts.
// Prints a JSON array of SPARQL results in JSON, in the same order.
import { readFileSync } from "node:fs";
import { QueryEngine } from "@comunica/query-sparql-file";

const engine = new QueryEngine();
const sources = [{ type: "file", value: process.argv[2] }];
const answers = [];
for (const query of JSON.parse(readFileSync(0, "utf8"))) {
  const result = await engine.query(query, { sources });
  const { data } = await engine.resultToString(result, "application/sparql-results+json");
  let text = "";
  for await (const part of data) text += part;
  answers.push(JSON.parse(text));
}
console.log(JSON.stringify(answers));
