import assert from "node:assert/strict";
import { test } from "node:test";

import { fitted, isInView, panned, screenRadius, smallestRadius, toScreen, toWorld, zoomed } from "../../kg/export/html/page/camera.js";

const view = { width: 1000, height: 700 };
const camera = { x: 40, y: -25, scale: 0.8 };

function assertNear(actual, expected) {
  for (const key of Object.keys(expected)) assert.ok(Math.abs(actual[key] - expected[key]) < 1e-9, `${key}: ${actual[key]}, not ${expected[key]}`);
}

test("from the picture to the view and back", () => {
  const place = { x: -13, y: 211 };
  assertNear(toWorld(camera, view, toScreen(camera, view, place)), place);
  assert.deepEqual(toScreen(camera, view, camera), { x: 500, y: 350 });
});

test("what is zoomed at stays under the pointer", () => {
  const point = { x: 120, y: 600 };
  assertNear(toWorld(zoomed(camera, view, 2.5, point), view, point), toWorld(camera, view, point));
  assert.equal(zoomed(camera, view, 2.5).scale, 2);
});

test("zooming has an end in both directions", () => {
  let [near, far] = [camera, camera];
  for (let at = 0; at < 100; at += 1) [near, far] = [zoomed(near, view, 3), zoomed(far, view, 1 / 3)];
  assert.ok(Number.isFinite(near.scale) && far.scale > 0);
});

test("panning moves by pixels at any scale", () => {
  const moved = panned(camera, 30, -10);
  const [before, after] = [camera, moved].map((c) => toScreen(c, view, { x: 7, y: 7 }));
  assertNear(after, { x: before.x + 30, y: before.y - 10 });
});

test("a box that is fitted lies in view, above the buttons", () => {
  for (const box of [{ left: -900, top: -3000, right: 4000, bottom: 12 }, { left: 5, top: 5, right: 5, bottom: 5 }]) {
    const seen = fitted(box, view, 1.25);
    for (const [x, y] of [[box.left, box.top], [box.right, box.bottom]]) {
      assert.ok(isInView(seen, { width: 1000, height: 701 }, { x, y }) || box.left === 5);
      assert.ok(toScreen(seen, view, { x, y }).y <= view.height - 70 + 1e-6);
    }
    assert.ok(seen.scale <= 1.25);
  }
});

test("a view too narrow for the margins still shows something", () => {
  assert.ok(fitted({ left: 0, top: 0, right: 100, bottom: 100 }, { width: 60, height: 40 }, 1.25).scale > 0);
});

test("a cluster grows with the map that it is a part of", () => {
  assert.equal(screenRadius({ size: 100, cluster: "c" }, 3, 3.6), 300);
});

test("marks grow more slowly than the picture and never vanish", () => {
  const mark = { size: 10 };
  assert.equal(screenRadius(mark, 1, 3.6), 10);
  assert.ok(screenRadius(mark, 8, 3.6) < 30);
  assert.equal(screenRadius(mark, 0.01, 3.6), 3.6);
  assert.ok(screenRadius({ size: 900 }, 3, 3.6) < 50);
  assert.equal(smallestRadius(20), 3.6);
  assert.ok(smallestRadius(20_000) < 1.2);
});
