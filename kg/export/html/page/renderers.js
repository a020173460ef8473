// Which renderer draws: vis-network some hundreds of marks, WebGL more, a plain canvas where there is no WebGL.
// In: the element to draw in, and views. Out: one renderer that hands on to another as scenes grow and shrink.
// The trap: a browser may take WebGL away at any time; then what was shown must be drawn again by the next.

import { createCanvasRenderer } from "./canvas.js";
import { createVisRenderer } from "./vis.js";
import { createWebglRenderer, hasWebGL } from "./webgl.js";

const VIS_LIMIT = 600; // marks up to which vis-network draws
const MAKERS = { vis: createVisRenderer, webgl: createWebglRenderer, canvas: createCanvasRenderer };

/**
 * Make a renderer. Told are drawn() after each frame, and theme() is asked for colours; `vis` are the options that pyvis
 * wrote, `only` the renderer to draw by whatever the size.
 */
export function createRenderers(base, { drawn, theme, vis, only }) {
  let current = null;
  let name = "";
  let lacksWebGL = false;
  let last = null;

  function choose(count) {
    const wanted = only ?? (count > VIS_LIMIT ? "webgl" : "vis");
    lacksWebGL ||= wanted === "webgl" && !hasWebGL();
    return wanted === "webgl" && lacksWebGL ? "canvas" : wanted;
  }
  function failed() {
    lacksWebGL = true;
    load(last);
    current.render(last);
  }
  function load(view) {
    last = view;
    const next = choose(view.index.nodes.size);
    if (next !== name) {
      current?.kill();
      base.replaceChildren();
      name = next;
      current = MAKERS[next](base, { drawn, failed, theme, options: vis });
      base.dataset.renderer = next;
    }
    current.load(view);
  }
  return {
    /** Draw another scene. */
    load,
    /** Draw the same from elsewhere. */
    render(view) {
      last = view;
      current?.render(view);
    },
    /** Draw anew what may have changed: what is hidden, colours. */
    update(view) {
      last = view;
      current?.update(view);
    },
    move: (id, x, y) => current?.move(id, x, y),
  };
}
