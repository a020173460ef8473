// A model made by hand for the tests of modules: three places, a programme run in one of them, a firm, a signing author.

import { restored } from "../../kg/export/html/page/load.js";
import { createModel } from "../../kg/export/html/page/model.js";

const ENTITIES = [
  ["organization/厂", "青竹科技", "Organization", "place/镇"],
  ["person/记者", "马兰", "Person", ""],
  ["place/县", "青溪县", "Place", ""],
  ["place/村", "松坪村", "Place", "place/镇"],
  ["place/镇", "白石镇", "Place", "place/县"],
  ["programme/夜话", "凉亭夜话", "Programme", "place/镇"],
];
const STATEMENTS = [
  ["relation", { id: "s/1", s: "place/镇", p: "within", o: "place/县", passages: [], confidence: 1 }],
  ["relation", { id: "s/2", s: "place/镇", p: "implements", o: "programme/夜话", passages: [0], confidence: 0.9 }],
  ["relation", { id: "s/3", s: "place/村", p: "participatesIn", o: "programme/夜话", passages: [1], confidence: 0.7 }],
  ["date", { id: "s/4", s: "programme/夜话", p: "started", value: "2019-03", passages: [0], confidence: 0.9 }],
  ["figure", { id: "s/5", s: "organization/厂", indicator: "产值", value: "3", unit: "元", time: "2021", passages: [1], confidence: 0.9 }],
  ["relation", { id: "s/6", s: "place/村", p: "within", o: "place/镇", passages: [], confidence: 1 }],
];

export function sampleModel() {
  const column = (rows, name) => rows.map((row) => row[name]);
  const entities = ENTITIES.map(([id, label, type, home]) => ({ id, label, type, home, aliases: [], byline: type === "Person" ? 1 : 0 }));
  const plain = (rows) => ({ plain: Object.fromEntries(Object.keys(rows[0]).map((name) => [name, column(rows, name)])), entity: {}, word: {} });
  const statements = {};
  for (const kind of ["relation", "date", "figure"]) statements[kind] = plain(STATEMENTS.filter(([k]) => k === kind).map(([, row]) => ({ rules: [], time: "", ...row })));
  const articles = [{ id: "article/1", headline: "夜话", published: "2022-07", authors: [], block: 0 }, { id: "article/2", headline: "新厂", published: "2022-08-01", authors: [], block: 0 }];
  return createModel({
    types: ["Place", "Organization", "Person", "Programme"],
    labels: {},
    readings: {},
    passages: { id: ["p/0", "p/1"], article: [0, 1], start: [0, 0], end: [1, 1] },
    ...restored({
      words: [], entities: plain(entities), statements, articles: plain(articles),
      named: [["place/镇", 1, "programme/夜话", 1, "person/记者", 1], ["organization/厂", 1, "place/村", 1]],
    }),
    block: async () => [["夜", 0, 1, "programme/夜话"], ["厂", 0, 1, "organization/厂"]],
  });
}
