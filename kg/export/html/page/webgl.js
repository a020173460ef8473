// The picture by sigma.js in WebGL: tens of thousands of marks. It draws, and nothing else, as vis.js does.
// The trap: sigma's y points upwards, its sizes and colours are of its own kind, and it blends colours that are already
// multiplied by their opacity; all of that stays in here.

import { LARGEST, smallestRadius } from "./camera.js";
import { SHAPES } from "./elements.js";
import { channels, colorsOf } from "./theme.js";

const SIDE = 4; // shapes in a row of the texture
const CELL = 256; // pixels of a shape in the texture
const REACH = 1.6; // radii from the middle of a cell to its border
const ATLAS = Object.keys(SHAPES);
const CROWDED = 3_000; // lines from which on the long ones are fainter
const SMOOTH = 6_000; // lines up to which their edges are smoothed

let isAble = null; // asked once, for a browser gives out few contexts

/** Tell whether this browser can draw with WebGL. */
export function hasWebGL() {
  if (isAble === null) {
    const context = document.createElement("canvas").getContext("webgl2");
    isAble = Boolean(context);
    context?.getExtension("WEBGL_lose_context")?.loseContext();
  }
  return isAble;
}

/** Make a renderer of scenes; `drawn` is called after each frame, `failed` when the browser takes WebGL away. */
export function createWebglRenderer(host, { drawn, failed, theme }) {
  const { EdgeLineProgram, EdgeRectangleProgram, MultiGraph, Sigma } = sigmaLibrary;
  let view = null;
  const look = () => ({ scale: view.scale, smallest: smallestRadius(view.index.nodes.size), paper: channels(theme().paper) });
  const sigma = new Sigma(new MultiGraph(), host, {
    allowInvalidContainer: true,
    defaultEdgeType: "smooth",
    defaultNodeType: "mark",
    edgeProgramClasses: { smooth: EdgeRectangleProgram, fine: EdgeLineProgram },
    maxCameraRatio: null,
    minCameraRatio: null,
    minEdgeThickness: 0.8,
    nodeProgramClasses: { mark: markProgram(look) },
    nodeHoverProgramClasses: {},
    renderLabels: false,
    stagePadding: 0,
    zoomToSizeRatioFunction: () => 1,
  });
  sigma.on("afterRender", () => view && drawn());
  host.addEventListener("webglcontextlost", failed, { capture: true, once: true });

  const nodeOf = (node) => ({ x: node.x, y: -node.y, size: node.size, color: colorsOf(node, theme()).fill,
    shape: node.cluster ? "Place" : node.type, hidden: !view.isShown(node.id) });
  /** Lines are fainter the more of them are in view, in steps, since each step writes all of them anew. */
  function faintness() {
    const { x, y } = sigma.getCustomBBox();
    const share = Math.min(1, (view.width * view.height) / view.scale ** 2 / ((x[1] - x[0]) * (y[1] - y[0])));
    return Math.min(3, Math.max(0, Math.round(Math.log2((view.index.edges.size * share) / 1000) / 2)));
  }
  let step = 0;
  /** Return how edges look. What is near together on the map counts; lines across all of it would hide it. */
  function edgeLook() {
    const { x } = sigma.getCustomBBox();
    const near = (x[1] - x[0]) / 80;
    const { nodes, edges } = view.index;
    const type = edges.size > SMOOTH ? "fine" : "smooth";
    const ink = channels(theme().line);
    step = faintness();
    const colors = Array.from({ length: 9 }, (_, half) => faded(ink, 0.5 ** (step + half / 2)));
    return (edge) => {
      const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
      const times = edges.size > CROWDED ? Math.round(2 * Math.log2(Math.hypot(to.x - from.x, to.y - from.y) / near)) / 2 : 0;
      return { type, size: 1, color: colors[2 * Math.min(Math.max(times, 0), 4)], hidden: !view.isEdgeShown(edge) };
    };
  }

  function graphOf() {
    const graph = new MultiGraph();
    for (const node of view.index.nodes.values()) graph.addNode(node.id, nodeOf(node));
    const looks = edgeLook();
    for (const edge of view.index.edges.values()) graph.addUndirectedEdgeWithKey(edge.id, edge.from, edge.to, looks(edge));
    return graph;
  }

  function writeEdges() {
    const looks = edgeLook();
    sigma.getGraph().updateEachEdgeAttributes((id) => looks(view.index.edges.get(id)));
  }

  /** Point sigma's camera: its ratio is 1 where the box of all marks, a square, fills the shorter side of the view. */
  function aim({ camera, width, height }) {
    const { x, y } = sigma.getCustomBBox();
    const span = x[1] - x[0];
    sigma.getCamera().setState({ x: (camera.x - x[0]) / span, y: (-camera.y - y[0]) / span,
      ratio: Math.min(width, height) / span / camera.scale, angle: 0 });
    sigma.scheduleRender();
  }

  return {
    load(next) {
      view = next;
      const { left, top, right, bottom } = view.index.boundsOf([...view.index.nodes.keys()]) ?? { left: 0, top: 0, right: 1, bottom: 1 };
      const half = Math.max(right - left, bottom - top, 1) / 2;
      const [x, y] = [(left + right) / 2, -(top + bottom) / 2];
      sigma.setCustomBBox({ x: [x - half, x + half], y: [y - half, y + half] });
      sigma.resize(true);
      sigma.setGraph(graphOf());
      aim(view);
    },
    render(next) {
      const isResized = next.width !== view.width || next.height !== view.height;
      view = next;
      if (isResized) sigma.resize(true);
      if (faintness() !== step) writeEdges();
      aim(view);
    },
    update(next) {
      view = next;
      sigma.getGraph().updateEachNodeAttributes((id) => nodeOf(view.index.nodes.get(id)));
      writeEdges();
      aim(view);
    },
    move(id, x, y) {
      sigma.getGraph().mergeNodeAttributes(id, { x, y: -y });
    },
    kill: () => sigma.kill(),
  };
}

/** Return a colour of some opacity, already multiplied by it. */
function faded(color, opacity) {
  return `rgba(${color.map((value) => Math.round(value * opacity))},${opacity.toFixed(3)})`;
}

const VERTEX = `
attribute vec2 a_position;
attribute vec3 a_color;
attribute float a_size;
attribute float a_shape;
uniform mat3 u_matrix;
uniform float u_ratio;
uniform float u_growth;
uniform float u_smallest;
varying vec3 v_color;
varying vec2 v_cell;
void main() {
  float radius = clamp(a_size * u_growth, u_smallest, ${LARGEST.toFixed(1)});
  gl_PointSize = 2.0 * radius * ${REACH.toFixed(1)} * u_ratio;
  gl_Position = a_size > 0.0 ? vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1) : vec4(2, 2, 2, 1);
  v_cell = vec2(mod(a_shape, ${SIDE}.0), floor(a_shape / ${SIDE}.0));
  v_color = a_color;
}`;

const FRAGMENT = `
precision mediump float;
uniform sampler2D u_shapes;
uniform vec3 u_paper;
varying vec3 v_color;
varying vec2 v_cell;
void main() {
  vec2 shape = texture2D(u_shapes, (v_cell + gl_PointCoord) / ${SIDE}.0).rg;
  gl_FragColor = vec4(mix(u_paper, v_color, shape.r) * shape.g, shape.g);
}`;

/**
 * Return a node program of sigma that draws the marks of the legend, from a texture of their shapes. Each mark is one
 * point: where WebGL runs in software, 20,000 instances of a square take 400 ms a frame, and as many points 20.
 */
function markProgram(look) {
  const { FLOAT, POINTS } = WebGLRenderingContext;
  const float = (name, size) => ({ name, size, type: FLOAT });
  return class extends sigmaLibrary.NodeProgram {
    constructor(gl, _picking, renderer) {
      super(gl, null, renderer); // what is under the pointer is found without drawing everything twice
      this.texture = shapesTexture(gl);
    }

    getDefinition() {
      return {
        VERTICES: 1,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: POINTS,
        UNIFORMS: ["u_matrix", "u_ratio", "u_growth", "u_smallest", "u_shapes", "u_paper"],
        ATTRIBUTES: [float("a_position", 2), float("a_color", 3), float("a_size", 1), float("a_shape", 1)],
      };
    }

    processVisibleItem(_index, start, { x, y, color, size, shape }) {
      const rgb = channels(color).map((value) => value / 255);
      this.array.set([x, y, ...rgb, size, Math.max(ATLAS.indexOf(shape), 0)], start);
    }

    setUniforms({ matrix, pixelRatio }, { gl, uniformLocations }) {
      const { scale, smallest, paper } = look();
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
      gl.uniform1f(uniformLocations.u_ratio, pixelRatio);
      gl.uniform1f(uniformLocations.u_growth, Math.min(scale, scale ** 0.4));
      gl.uniform1f(uniformLocations.u_smallest, smallest);
      gl.uniform3f(uniformLocations.u_paper, ...paper.map((value) => value / 255));
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, this.texture);
      gl.uniform1i(uniformLocations.u_shapes, 0);
    }
  };
}

/** Draw all shapes into one texture: red where a mark is, green where it or its outline is. */
function shapesTexture(gl) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE * CELL;
  const ctx = canvas.getContext("2d");
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.globalCompositeOperation = "lighter";
  ctx.lineJoin = "round";
  ATLAS.forEach((name, at) => {
    const scale = CELL / 2 / REACH;
    ctx.setTransform(scale, 0, 0, scale, (at % SIDE + 0.5) * CELL, (Math.floor(at / SIDE) + 0.5) * CELL);
    const path = new Path2D(SHAPES[name]);
    ctx.fillStyle = ctx.strokeStyle = "#0f0";
    ctx.lineWidth = 0.36;
    ctx.stroke(path);
    ctx.fill(path);
    ctx.fillStyle = "#f00";
    ctx.fill(path, "evenodd");
  });
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  return texture;
}
