// Print what a page would save: node export.js PAGE turtle|entities|statements [LANGUAGE]. Of the whole graph.

import { readFileSync } from "node:fs";

import { csvOf } from "../../kg/export/html/page/csv.js";
import { entityTable, recordsOf, statementTable } from "../../kg/export/html/page/gathering.js";
import { loadData } from "../../kg/export/html/page/load.js";
import { createModel } from "../../kg/export/html/page/model.js";
import { turtleOf } from "../../kg/export/html/page/turtle.js";
import { createSpeech } from "../../kg/export/html/page/words.js";

const [, , path, kind, language = "zh"] = process.argv;
const html = readFileSync(path, "utf8");
const page = { getElementById: (id) => ({ textContent: new RegExp(`id="${id}">([^<]*)<`).exec(html)[1] }) };
const data = await loadData(page);
const model = createModel(data);
const speech = createSpeech(data.messages, data.labels, language);
const context = { model, messages: data.messages, speech: () => speech };
const whole = { entities: new Set(model.entities.keys()), statements: new Set(model.statements.keys()) };
const save = {
  turtle: async () => [...turtleOf(await recordsOf(model, whole), model.base)].join(""),
  entities: async () => csvOf(...entityTable([...whole.entities], context)),
  statements: async () => csvOf(...await statementTable([...whole.statements], context)),
};
process.stdout.write(await save[kind]());
