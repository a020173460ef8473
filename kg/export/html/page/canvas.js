// The picture on a plain canvas: for large scenes where the browser has no WebGL. Slower, but it draws the same.

import { make } from "./elements.js";
import { createCanvasPaint } from "./paint.js";
import { paintGround } from "./scenery.js";

/** Make a renderer of scenes; `drawn` is called after each frame. */
export function createCanvasRenderer(host, { drawn, theme }) {
  const canvas = make("canvas", { class: "stage-layer" });
  host.append(canvas);
  let view = null;
  let frame = 0;

  function draw() {
    frame = 0;
    if (!view) return;
    const ctx = prepared(canvas, view);
    paintGround(createCanvasPaint(ctx), view, theme());
    drawn();
  }
  return {
    load() {},
    render(next) {
      view = next;
      frame ||= requestAnimationFrame(draw);
    },
    update() {},
    kill() {
      cancelAnimationFrame(frame);
      canvas.remove();
    },
  };
}

/** Fit a canvas to a size in pixels of the page, and return its context, empty, with one unit a pixel of the page. */
export function prepared(canvas, { width, height }) {
  const ratio = window.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, width, height);
  return ctx;
}
