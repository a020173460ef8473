// The picture: vis-network draws marks and lines at the places found when building; names are set here, on top,
// so that none lies on another at any zoom. The trap: vis-network keeps its own copy of nodes and edges, and what is
// not written into it (hidden, colour) does not change.

import { SHAPES } from "./elements.js";
import { shortName } from "./words.js";

const FONT = '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const MARGIN = 46;
const FOOT = 70; // room for the buttons below the picture
const GAP = 4; // between two names in a row, lest they read as one
const DIMMED = 0.18;
const SMALLEST = 3.6; // pixels from the centre of a mark to its edge, however far one zooms out

export function createDrawing(container, picture, model, handlers) {
  const paths = Object.fromEntries(Object.entries(SHAPES).map(([type, path]) => [type, new Path2D(path)]));
  const visible = new Set(model.entities.keys());
  const widths = new Map();
  let theme = readTheme();
  let focus = null;
  let hovered = null;
  let hoveredEdge = null;
  let speech = null;
  let network = null;

  const isDim = (id) => focus !== null && !focus.nodes.has(id) && id !== hovered;
  // marks grow more slowly than the picture, so that zooming in gives room to names
  const radius = (size) => {
    const scale = network?.getScale() ?? 1;
    return Math.max(size / Math.max(1, scale) ** 0.6, SMALLEST / scale);
  };
  const drawMark = ({ ctx, x, y, id, style }) => ({
    drawNode() {
      const r = radius(style.size);
      ctx.save();
      ctx.globalAlpha = isDim(id) ? DIMMED : 1;
      ctx.translate(x, y);
      ctx.scale(r, r);
      const type = model.entities.get(id).type;
      ctx.lineWidth = (id === focus?.center || id === hovered ? 6 : 3) / r;
      ctx.strokeStyle = id === focus?.center || id === hovered ? theme.ink : theme.paper;
      ctx.stroke(paths[type]);
      ctx.fillStyle = theme.types[type];
      ctx.fill(paths[type], "evenodd");
      ctx.restore();
    },
    nodeDimensions: { width: 2 * radius(style.size), height: 2 * radius(style.size) },
  });

  const nodes = new vis.DataSet(picture.nodes);
  const edges = new vis.DataSet(picture.edges.map((edge) => ({ ...edge, ...edgeStyle(edge.id) })));
  network = new vis.Network(container, { nodes, edges },
    { ...picture.options, nodes: { ...picture.options.nodes, ctxRenderer: drawMark } });

  function edgeStyle(id) {
    const lit = focus?.edges.has(id) || id === hoveredEdge;
    const color = lit ? theme.accent : theme.line;
    return { color: { color, hover: color, highlight: color, opacity: focus && !lit ? 0.25 : 1 }, width: lit ? 1.8 : 1 };
  }
  function restyle() {
    edges.update(edges.getIds().map((id) => ({ id, ...edgeStyle(id) })));
  }

  function setNames(ctx) {
    const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    const taken = createTaken();
    const scale = network.getScale();
    const places = network.getPositions();
    const shown = picture.nodes.filter((node) => visible.has(node.id) && (!isDim(node.id)))
      .map((node) => ({ ...node, ...network.canvasToDOM(places[node.id]), r: radius(node.size) * scale, rank: rank(node) }))
      .filter(({ x, y, r }) => x > -80 && y > -r && x < ctx.canvas.clientWidth + 80 && y < ctx.canvas.clientHeight + r)
      .sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1));
    for (const { x, y, r, id } of shown) {
      taken.add({ left: x - r, top: y - r, right: x + r, bottom: y + r, id, yields: model.degree(id) <= 2 });
    }
    if (scale > 0.4) captionLoose(ctx, shown, taken);
    for (const node of shown) setName(ctx, node, taken);
    if (focus || hoveredEdge) nameEdges(ctx, places, taken);
    ctx.restore();
  }

  function rank(node) {
    if (node.id === hovered || node.id === focus?.center) return 1e6;
    return (focus?.nodes.has(node.id) ? 1e3 : 0) + model.degree(node.id);
  }

  function setName(ctx, node, taken) {
    const strong = model.degree(node.id) >= 6 || node.rank >= 1e6;
    const size = strong ? 13.5 : 12;
    const text = shortName(node.label, node.rank >= 1e3 ? 22 : 13);
    ctx.font = `${strong ? 600 : 400} ${size}px ${FONT}`;
    const width = measured(ctx, text);
    const places = namePlaces(node, width, size + 3).filter((place) => isInside(place, ctx.canvas, node));
    // a hub must have its name: where all places are taken, it may lie on small marks
    const box = places.find((place) => taken.isFree(place, node.id))
      ?? places.find((place) => strong && taken.isFree(place, node.id, true));
    if (!box) return;
    taken.add({ ...box, left: box.left - GAP, right: box.right + GAP });
    write(ctx, text, box.left + width / 2, (box.top + box.bottom) / 2, theme.ink);
  }

  /** Say above the rows of marks without a line what they are. */
  function captionLoose(ctx, shown, taken) {
    const loose = shown.filter(({ id }) => !model.degree(id));
    if (!loose.length || focus || !speech) return;
    ctx.font = `12px ${FONT}`;
    const text = speech.say("unlinked");
    const left = Math.min(...loose.map(({ x }) => x)) - 6;
    const top = Math.min(...loose.map(({ y }) => y)) - 26;
    const box = { left, top, right: left + measured(ctx, text), bottom: top + 15 };
    taken.add(box);
    write(ctx, text, (box.left + box.right) / 2, top + 8, theme.soft);
  }

  function nameEdges(ctx, places, taken) {
    ctx.font = `11px ${FONT}`;
    const named = hoveredEdge ? [hoveredEdge] : [...focus.edges];
    for (const edge of named.map((id) => model.edges.get(id))) {
      if (!visible.has(edge.from) || !visible.has(edge.to)) continue;
      const [a, b] = [network.canvasToDOM(places[edge.from]), network.canvasToDOM(places[edge.to])];
      const text = shortName([...new Set(edge.statements.map((key) => edgeWord(model.statements.get(key))))].join(" · "), 16);
      const [x, y, half] = [(a.x + b.x) / 2, (a.y + b.y) / 2, measured(ctx, text) / 2];
      const box = { left: x - half, right: x + half, top: y - 7, bottom: y + 7 };
      if (!taken.isFree(box)) continue;
      taken.add(box);
      write(ctx, text, x, y, theme.accent);
    }
  }

  function edgeWord(statement) {
    return statement.role || (speech ? speech.term(statement.p) : statement.p);
  }

  function measured(ctx, text) {
    const key = ctx.font + text;
    if (!widths.has(key)) widths.set(key, ctx.measureText(text).width);
    return widths.get(key);
  }

  function write(ctx, text, x, y, color) {
    ctx.textAlign = "center";
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = theme.paper;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = color;
    ctx.fillText(text, x, y);
  }

  network.on("afterDrawing", setNames);
  network.on("click", ({ nodes: [node], edges: [edge] }) => handlers.choose(node, edge));
  network.on("doubleClick", ({ nodes: [node] }) => node && handlers.approach(node));
  network.on("hoverNode", ({ node }) => { hovered = node; container.style.cursor = "pointer"; network.redraw(); });
  network.on("blurNode", () => { hovered = null; container.style.cursor = ""; network.redraw(); });
  network.on("hoverEdge", ({ edge }) => { hoveredEdge = edge; container.style.cursor = "pointer"; restyle(); });
  network.on("blurEdge", () => { hoveredEdge = null; container.style.cursor = ""; restyle(); });

  return {
    network,
    /** Show only the entities for which the test holds, and the lines between them. */
    filter(isShown) {
      visible.clear();
      for (const id of model.entities.keys()) if (isShown(id)) visible.add(id);
      nodes.update(nodes.getIds().map((id) => ({ id, hidden: !visible.has(id) })));
      edges.update(picture.edges.map(({ id, from, to }) => ({ id, hidden: !(visible.has(from) && visible.has(to)) })));
    },
    isVisible: (id) => visible.has(id),
    /** Dim all but the given: {center, nodes, edges}, or null. */
    focusOn(next) {
      focus = next;
      restyle();
      network.redraw();
    },
    speak(next) {
      speech = next;
      network.redraw();
    },
    refreshTheme() {
      theme = readTheme();
      restyle();
      network.redraw();
    },
    /** Bring the given entities into view; all visible ones without an argument. */
    fit(ids = [...visible], closest = 1.25) {
      const places = Object.values(network.getPositions(ids));
      if (!places.length) return;
      const [left, right] = range(places.map(({ x }) => x));
      const [top, bottom] = range(places.map(({ y }) => y));
      const { clientWidth, clientHeight } = container;
      const scale = Math.min((clientWidth - 2 * MARGIN) / Math.max(right - left, 1),
        (clientHeight - MARGIN - FOOT) / Math.max(bottom - top, 1), closest);
      network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom + (FOOT - MARGIN) / scale) / 2 }, scale });
    },
    /** Move the picture if the first of the entities is out of sight. */
    reveal(ids) {
      const { x, y } = network.canvasToDOM(network.getPosition(ids[0]));
      const { clientWidth, clientHeight } = container;
      if (x < MARGIN || y < MARGIN || x > clientWidth - MARGIN || y > clientHeight - MARGIN) this.fit(ids, network.getScale());
    },
    zoom(factor) {
      network.moveTo({ scale: network.getScale() * factor });
    },
  };
}

function range(values) {
  return [Math.min(...values), Math.max(...values)];
}

/** Return where the name of a mark may stand, the best place first: below, above, right, left, and the corners. */
function namePlaces({ x, y, r }, width, height) {
  const at = (left, top) => ({ left, top, right: left + width, bottom: top + height });
  return [
    at(x - width / 2, y + r + 2),
    at(x - width / 2, y - r - 2 - height),
    at(x + r + 4, y - height / 2),
    at(x - r - 4 - width, y - height / 2),
    at(x - width * 0.2, y + r + 2),
    at(x - width * 0.8, y + r + 2),
    at(x - width * 0.2, y - r - 2 - height),
    at(x - width * 0.8, y - r - 2 - height),
  ];
}

/** Tell whether a name stands wholly in the picture, as long as its mark does. */
function isInside(box, { clientWidth, clientHeight }, { x, y }) {
  const isOut = x < 0 || y < 0 || x > clientWidth || y > clientHeight;
  return isOut || (box.left >= GAP && box.right <= clientWidth - GAP && box.top >= 0 && box.bottom <= clientHeight);
}

/** Remember which rectangles of the page are taken, in a grid, so that thousands can be asked for. */
function createTaken(cell = 64) {
  const grid = new Map();
  const cells = function* ({ left, top, right, bottom }) {
    for (let i = Math.floor(left / cell); i <= Math.floor(right / cell); i += 1) {
      for (let j = Math.floor(top / cell); j <= Math.floor(bottom / cell); j += 1) yield `${i} ${j}`;
    }
  };
  return {
    add(box) {
      for (const key of cells(box)) grid.set(key, [...(grid.get(key) ?? []), box]);
    },
    isFree(box, owner, overSmall = false) {
      for (const key of cells(box)) {
        for (const other of grid.get(key) ?? []) {
          const apart = box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top;
          const mayLie = (owner !== undefined && other.id === owner) || (overSmall && other.yields);
          if (!apart && !mayLie) return false;
        }
      }
      return true;
    },
  };
}

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  const types = Object.fromEntries(Object.keys(SHAPES).map((type) => [type, read(`--type-${type}`)]));
  return { ink: read("--ink"), soft: read("--soft"), paper: read("--paper"), line: read("--line"), accent: read("--accent"), types };
}
