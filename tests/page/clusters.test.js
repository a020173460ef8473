import assert from "node:assert/strict";
import { test } from "node:test";

import { indexClusters } from "../../kg/export/html/page/clusters.js";
import { sceneOf, sceneWith } from "../../kg/export/html/page/scenes.js";
import { chainOf } from "../../kg/export/html/page/trail.js";

const ENTITIES = [
  { id: "group/老人", label: "老人", type: "Group", inside: 0, x: 0, y: 0, size: 6 },
  { id: "person/1", label: "方远", type: "Person", inside: 2, x: 1010, y: 10, size: 6 },
  { id: "person/2", label: "何青", type: "Person", inside: 2, x: 1000, y: 0, size: 6 },
  { id: "person/3", label: "马兰", type: "Person", inside: 2, x: 990, y: 0, size: 6 },
  { id: "place/1", label: "青溪县", type: "Place", inside: 1, x: -1000, y: 0, size: 9 },
  { id: "place/11", label: "白石镇", type: "Place", inside: 1, x: -900, y: 50, size: 9 },
];
const ROWS = [
  { id: "", parent: -1, place: "", type: "", leaders: ["place/1"], size: 6, x: 0, y: 0, r: 2000, unit: 10 },
  { id: "place/1", parent: 0, place: "place/1", type: "Place", leaders: ["place/1"], size: 2, x: -1000, y: 0, r: 500, unit: 2 },
  { id: "community/person/2", parent: 0, place: "", type: "Person", leaders: ["person/2", "person/1", "person/3"], size: 3, x: 1000, y: 0, r: 300, unit: 1 },
];
const EDGES = [["person/1", "place/1"], ["person/2", "place/11"], ["group/老人", "person/3"], ["place/11", "place/1"]];

const numberOf = (id) => ENTITIES.findIndex((entity) => entity.id === id);

function model(rows = ROWS) {
  const entities = new Map(ENTITIES.map((entity) => [entity.id, entity]));
  const edges = new Map(EDGES.map(([from, to]) => [`${from} ${to}`, { id: `${from} ${to}`, from, to, a: numberOf(from), b: numberOf(to), statements: [], arrows: "to" }]));
  return { entities, entityList: ENTITIES, edges, edgeList: [...edges.values()], neighbours: () => new Set(), ...indexClusters(rows, ENTITIES, entities, { Person: { zh: "人物", en: "person" } }) };
}
const state = (scene) => ({ scene, expanded: [], hidden: [], chosen: null, path: null, depth: 1 });
const whole = state({ kind: "overview", ids: [] });

test("a cluster knows what it shows, and an entity which cluster shows it", () => {
  const { clusters, clusterOf } = model();
  assert.deepEqual(clusters.get("").children, ["place/1", "community/person/2"]);
  assert.deepEqual(clusters.get("").members, ["group/老人"]);
  assert.deepEqual(clusters.get("place/1").members, ["place/1", "place/11"]);
  assert.equal(clusters.get("").parent, null);
  assert.equal(clusters.get("place/1").parent, "");
  assert.equal(clusterOf("person/3"), "community/person/2");
});

test("a cluster is called after its place, or after its leaders and their type", () => {
  const { clusters } = model();
  assert.equal(clusters.get("place/1").label, "place/1");
  assert.deepEqual(clusters.get("community/person/2").label, { zh: "人物：何青、方远等", en: "Person: 何青, 方远 and others" });
});

test("a small graph has no clusters", () => {
  const { clusters, clusterOf } = model([]);
  assert.equal(clusters.size, 0);
  assert.equal(clusterOf("person/1"), undefined);
});

test("the overview shows clusters, and one line for all links between two of them", () => {
  const { nodes, edges } = sceneOf(model(), whole);
  assert.deepEqual(nodes.map(({ id }) => id), ["cluster:place/1", "cluster:community/person/2", "group/老人"]);
  assert.deepEqual(edges.map(({ from, to, edges: bundled }) => [from, to, bundled.length]), [
    ["cluster:community/person/2", "cluster:place/1", 2],
    ["group/老人", "cluster:community/person/2", 1],
  ]);
});

test("a cluster's own picture is as large as any", () => {
  const places = Object.fromEntries(sceneOf(model(), state({ kind: "cluster", ids: ["community/person/2"] })).nodes.map(({ id, x, y }) => [id, [x, y]]));
  assert.deepEqual(places, { "person/1": [10, 10], "person/2": [0, 0], "person/3": [-10, 0] });
  const { x, y, size } = sceneOf(model(), whole).nodes[0];
  assert.deepEqual([x, y, size], [-100, 0, 50]);
});

test("on the whole map marks are smaller where more was put inside each other", () => {
  const nodes = new Map(sceneOf(model(), state({ kind: "all", ids: [] })).nodes.map((node) => [node.id, node]));
  assert.equal(nodes.size, ENTITIES.length);
  assert.deepEqual([nodes.get("place/11").x, nodes.get("place/11").size], [-900, 18]);
  assert.equal(nodes.get("group/老人").size, 60);
});

test("what a scene takes in from elsewhere has no place in it yet", () => {
  const scene = sceneOf(model(), { ...state({ kind: "cluster", ids: ["place/1"] }), chosen: { kind: "entity", id: "person/1" } });
  assert.equal(scene.isPlaced, false);
  assert.equal(scene.nodes.find(({ id }) => id === "person/1").x, null);
  assert.equal(scene.nodes.find(({ id }) => id === "place/11").x, 50);
});

test("the type of a cluster is that of its place, or of all its members", () => {
  const { clusters } = model();
  assert.deepEqual(["", "place/1", "community/person/2"].map((id) => clusters.get(id).type), ["", "Place", "Person"]);
});

test("the map of everything has the clusters as its parts, and pictures of one cluster have none", () => {
  const { regions } = sceneOf(model(), state({ kind: "all", ids: [] }));
  assert.deepEqual(regions[0], { id: "place/1", label: "青溪县", x: -1000, y: 0, r: 500 });
  assert.deepEqual(regions.map(({ id }) => id), ["place/1", "community/person/2"]);
  assert.deepEqual(sceneOf(model(), whole).regions, []);
});

test("an entity is looked at in its own cluster, unless it is shown already", () => {
  const inside = { kind: "cluster", ids: ["place/1"] };
  assert.deepEqual(sceneWith(model(), whole, "place/11"), { scene: inside });
  assert.deepEqual(sceneWith(model(), { scene: inside }, "place/11"), {});
  assert.deepEqual(sceneWith(model(), { scene: inside }, "group/老人"), { scene: whole.scene });
  const map = { kind: "all", ids: [] };
  assert.deepEqual(sceneWith(model(), { scene: map }, "place/11"), {});
  assert.deepEqual(sceneWith(model([]), whole, "place/11"), {});
});

test("the trail leads from the outermost cluster to the one that is shown", () => {
  const nested = [...ROWS, { ...ROWS[1], id: "place/11", parent: 1, place: "place/11" }];
  assert.deepEqual(chainOf(model(nested), "place/11"), ["place/1", "place/11"]);
  assert.deepEqual(chainOf(model(), ""), []);
});
