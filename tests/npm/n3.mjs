// Parse files of RDF strictly with N3.js: `node n3.mjs FILE…`. Prints a JSON array of how many quads each holds.
// Each file's suffix names its notation; N3.js is told not to accept more than that.
import { createReadStream } from "node:fs";
import { extname } from "node:path";
import { StreamParser } from "n3";

const NOTATIONS = { ".ttl": "text/turtle", ".nt": "application/n-triples", ".nq": "application/n-quads", ".trig": "application/trig" };
const counts = [];
for (const file of process.argv.slice(2)) {
  const parser = new StreamParser({ format: NOTATIONS[extname(file)] });
  let count = 0;
  for await (const _ of createReadStream(file).pipe(parser)) count += 1;
  counts.push(count);
}
console.log(JSON.stringify(counts));
