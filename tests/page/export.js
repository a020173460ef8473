// Print what a page would save of its whole graph, as JSON: {turtle, zh: {entities, statements}, en: {…}}.

import { readFileSync } from "node:fs";

import { csvOf } from "../../kg/export/html/page/csv.js";
import { entityTable, recordsOf, statementTable } from "../../kg/export/html/page/gathering.js";
import { loadData } from "../../kg/export/html/page/load.js";
import { createModel } from "../../kg/export/html/page/model.js";
import { turtleOf } from "../../kg/export/html/page/turtle.js";
import { createSpeech } from "../../kg/export/html/page/words.js";

const html = readFileSync(process.argv[2], "utf8");
const page = { getElementById: (id) => ({ textContent: new RegExp(`id="${id}">([^<]*)<`).exec(html)[1] }) };
const data = await loadData(page);
const model = createModel(data);
const whole = { entities: new Set(model.entities.keys()), statements: new Set(model.statements.keys()) };

async function tables(language) {
  const speech = createSpeech(data.messages, data.labels, language);
  const context = { model, messages: data.messages, speech: () => speech };
  return {
    entities: csvOf(...entityTable([...whole.entities], context)),
    statements: csvOf(...await statementTable([...whole.statements], context)),
  };
}

const turtle = [...turtleOf(await recordsOf(model, whole), model.base)].join("");
process.stdout.write(JSON.stringify({ turtle, zh: await tables("zh"), en: await tables("en") }));
