// The picture by vis-network, which pyvis brings along: up to some hundreds of marks. It draws, and nothing else: pointer,
// keyboard and names belong to the stage. The trap: vis-network keeps its own copy of nodes and edges, and what is not
// written into it (hidden, colour, place) does not change.

import { createCanvasPaint, shapeOf } from "./paint.js";
import { lineWidth } from "./scenery.js";
import { colorsOf } from "./theme.js";

const PASSIVE = {
  autoResize: false,
  physics: { enabled: false },
  interaction: { dragNodes: false, dragView: false, hover: false, keyboard: { enabled: false }, selectable: false, zoomView: false },
};

/** Make a renderer of scenes; `drawn` is called after each frame, `options` are those that pyvis wrote. */
export function createVisRenderer(host, { drawn, theme, options }) {
  let view = null;
  let [nodes, edges] = [new vis.DataSet([]), new vis.DataSet([])];
  const network = new vis.Network(host, { nodes, edges },
    { ...options, ...PASSIVE, nodes: { ...options.nodes, ctxRenderer: drawMark } });
  network.on("afterDrawing", () => view && drawn());

  function drawMark({ ctx, x, y, id }) {
    const node = view.index.nodes.get(id);
    const r = view.radiusOf(node) / view.scale;
    return {
      drawNode: () => createCanvasPaint(ctx).mark(shapeOf(node), { x, y }, r,
        { ...colorsOf(node, theme()), width: 1.5 / view.scale }),
      nodeDimensions: { width: 2 * r, height: 2 * r },
    };
  }

  const nodeOf = ({ id, x, y, size }) => ({ id, x, y, size, hidden: !view.isShown(id) });
  /** Lines are a pixel wide however far away one is; in steps, since each step writes all of them anew. */
  const widthOf = () => Math.max(1, 2 ** (Math.round(-2 * Math.log2(view.scale)) / 2));
  let width = 1;
  const edgeOf = (edge) => ({ id: edge.id, from: edge.from, to: edge.to, arrows: edge.arrows ?? "", width: width * lineWidth(edge),
    color: { color: theme().line, inherit: false, opacity: view.index.opacityOf(edge) }, hidden: !view.isEdgeShown(edge) });
  let size = "";
  function aim({ camera, width, height }) {
    if (size !== `${width} ${height}`) network.setSize("100%", "100%"); // which moves its camera, so it comes first
    size = `${width} ${height}`;
    network.moveTo({ position: { x: camera.x, y: camera.y }, scale: camera.scale, animation: false });
  }

  function writeEdges() {
    width = widthOf();
    edges.update([...view.index.edges.values()].map(edgeOf));
  }

  return {
    load(next) {
      view = next;
      nodes = new vis.DataSet([...view.index.nodes.values()].map(nodeOf));
      width = widthOf();
      edges = new vis.DataSet([...view.index.edges.values()].map(edgeOf));
      network.setData({ nodes, edges });
      aim(view);
    },
    render(next) {
      view = next;
      if (widthOf() !== width) writeEdges();
      aim(view);
    },
    /** Write into vis-network's copy what may have changed: places, what is hidden, colours. */
    update(next) {
      view = next;
      nodes.update([...view.index.nodes.values()].map(nodeOf));
      writeEdges();
      aim(view);
    },
    move(id, x, y) {
      nodes.update({ id, x, y });
    },
    kill: () => network.destroy(),
  };
}
