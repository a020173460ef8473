// Draw lines, marks and names, on a canvas or as SVG: whoever draws with one can draw with the other.
// In: places in pixels. The trap: SVG is text, so a name must neither end an element nor hold what XML forbids.

import { SHAPES } from "./elements.js";
import { FONT } from "./theme.js";

/** Return the outline of a mark, around 0, 0 with a radius of about 1. */
export function shapeOf(node) {
  return node.cluster ? SHAPES.Place : SHAPES[node.type] ?? SHAPES.Place;
}

/** Return the head of an arrow whose tip is at x, y, as a list of points. */
export function arrowHead({ x, y }, angle, length) {
  const wing = (turn) => ({ x: x - length * Math.cos(angle + turn), y: y - length * Math.sin(angle + turn) });
  return [{ x, y }, wing(0.42), wing(-0.42)];
}

/** Paint on a canvas whose unit is one pixel of the page. */
export function createCanvasPaint(ctx) {
  const paths = new Map();
  const pathOf = (shape) => paths.get(shape) ?? paths.set(shape, new Path2D(shape)).get(shape);
  return {
    line(a, b, { color, width, opacity = 1 }) {
      ctx.globalAlpha = opacity;
      ctx.strokeStyle = color;
      ctx.lineWidth = width;
      ctx.beginPath();
      ctx.moveTo(a.x, a.y);
      ctx.lineTo(b.x, b.y);
      ctx.stroke();
      ctx.globalAlpha = 1;
    },
    area(points, { color, opacity = 1 }) {
      ctx.globalAlpha = opacity;
      ctx.fillStyle = color;
      ctx.beginPath();
      for (const { x, y } of points) ctx.lineTo(x, y);
      ctx.fill();
      ctx.globalAlpha = 1;
    },
    mark(shape, { x, y }, r, { fill, outline, width, opacity = 1 }) {
      ctx.save();
      ctx.globalAlpha = opacity;
      ctx.translate(x, y);
      ctx.scale(r, r);
      ctx.lineJoin = "round";
      ctx.lineWidth = (2 * width) / r;
      ctx.strokeStyle = outline;
      ctx.stroke(pathOf(shape));
      ctx.fillStyle = fill;
      ctx.fill(pathOf(shape), "evenodd");
      ctx.restore();
    },
    ring({ x, y }, r, { color, width }) {
      ctx.strokeStyle = color;
      ctx.lineWidth = width;
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.stroke();
    },
    text({ text, x, y, size, weight }, { color, halo }, anchor = "center") {
      ctx.font = fontOf({ size, weight });
      ctx.textAlign = anchor === "start" ? "left" : "center";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3.5;
      ctx.strokeStyle = halo;
      ctx.strokeText(text, x, y);
      ctx.fillStyle = color;
      ctx.fillText(text, x, y);
    },
  };
}

/** Paint SVG elements; `finish(width, height, ground)` returns the file. */
export function createSvgPaint() {
  const parts = [];
  const at = (value) => String(Math.round(value * 100) / 100);
  const faint = (opacity) => (opacity < 1 ? ` opacity="${at(opacity)}"` : "");
  return {
    line(a, b, { color, width, opacity = 1 }) {
      parts.push(`<path d="M${at(a.x)} ${at(a.y)}L${at(b.x)} ${at(b.y)}" stroke="${escaped(color)}" stroke-width="${at(width)}"${faint(opacity)}/>`);
    },
    area(points, { color, opacity = 1 }) {
      parts.push(`<polygon points="${points.map(({ x, y }) => `${at(x)},${at(y)}`).join(" ")}" fill="${escaped(color)}"${faint(opacity)}/>`);
    },
    mark(shape, { x, y }, r, { fill, outline, width, opacity = 1 }) {
      parts.push(`<path transform="translate(${at(x)} ${at(y)}) scale(${at(r)})" d="${shape}" fill="${escaped(fill)}" fill-rule="evenodd"`
        + ` stroke="${escaped(outline)}" stroke-width="${at((2 * width) / r)}" paint-order="stroke" stroke-linejoin="round"${faint(opacity)}/>`);
    },
    ring({ x, y }, r, { color, width }) {
      parts.push(`<circle cx="${at(x)}" cy="${at(y)}" r="${at(r)}" fill="none" stroke="${escaped(color)}" stroke-width="${at(width)}"/>`);
    },
    text({ text, x, y, size, weight }, { color, halo }, anchor = "center") {
      parts.push(`<text x="${at(x)}" y="${at(y)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor === "start" ? "start" : "middle"}"`
        + ` fill="${escaped(color)}" stroke="${escaped(halo)}" stroke-width="3.5" paint-order="stroke">${escaped(text)}</text>`);
    },
    finish(width, height, ground) {
      return `<svg xmlns="http://www.w3.org/2000/svg" width="${at(width)}" height="${at(height)}" viewBox="0 0 ${at(width)} ${at(height)}"`
        + ` font-family="${escaped(FONT)}" dominant-baseline="central" stroke-linejoin="round">\n`
        + `<rect width="100%" height="100%" fill="${escaped(ground)}"/>\n${parts.join("\n")}\n</svg>\n`;
    },
  };
}

/** Return a function that measures names, each only once. */
export function createMeasure(ctx) {
  const widths = new Map();
  return ({ text, size, weight }) => {
    const font = fontOf({ size, weight });
    const key = font + text;
    if (!widths.has(key)) {
      if (widths.size > 20000) widths.clear();
      ctx.font = font;
      widths.set(key, ctx.measureText(text).width);
    }
    return widths.get(key);
  };
}

function fontOf({ size, weight }) {
  return `${weight} ${size}px ${FONT}`;
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text) {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/[&<>"]/g, (character) => ESCAPES[character]);
}
