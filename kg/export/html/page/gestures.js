// Pointer, wheel and fingers over the picture, told as what the reader means by them: look at, choose, open, move, pan,
// zoom. In: an element and what stands under a point. The trap: a click is a press that hardly moved; and while two
// fingers are down, neither of them chooses or drags anything.

const STILL = 4; // pixels that a finger or mouse may move in a click

/**
 * Listen to an element. `under(point)` returns {node, edge, isFixed}, where a fixed node cannot be dragged. Told are: hover({node, edge}), choose({node, edge}, event),
 * open(node), drag(node, point), drop(node), pan(dx, dy), zoom(factor, point).
 */
export function listenToPointer(element, under, told) {
  const down = new Map(); // pointers that are pressed: id → {start, last, node}
  const pointOf = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  let isMoved = false;

  function press(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    const point = pointOf(event);
    isMoved = down.size > 0; // a second finger ends the click of the first
    const { node, isFixed } = under(point);
    down.set(event.pointerId, { start: point, last: point, node: down.size || isFixed ? null : node });
  }

  function move(event) {
    const held = down.get(event.pointerId);
    const point = pointOf(event);
    if (!held) return down.size ? undefined : told.hover(under(point));
    if (!isMoved && Math.hypot(point.x - held.start.x, point.y - held.start.y) < STILL) return undefined;
    isMoved = true;
    if (down.size > 1) pinch(event.pointerId, held, point);
    else if (held.node) told.drag(held.node, point);
    else told.pan(point.x - held.last.x, point.y - held.last.y);
    held.last = point;
    return undefined;
  }

  function pinch(id, held, point) {
    const [, other] = [...down].find(([key]) => key !== id);
    const spread = (a) => Math.max(Math.hypot(a.x - other.last.x, a.y - other.last.y), 1);
    told.zoom(spread(point) / spread(held.last), { x: (point.x + other.last.x) / 2, y: (point.y + other.last.y) / 2 });
    told.pan((point.x - held.last.x) / 2, (point.y - held.last.y) / 2);
  }

  function release(event) {
    const held = down.get(event.pointerId);
    down.delete(event.pointerId);
    if (!held) return;
    if (isMoved) {
      if (held.node) told.drop(held.node);
    } else if (event.type === "pointerup") {
      told.choose(under(pointOf(event)), event);
    }
  }

  element.addEventListener("pointerdown", press);
  element.addEventListener("pointermove", move);
  element.addEventListener("pointerup", release);
  element.addEventListener("pointercancel", release);
  element.addEventListener("pointerleave", () => down.size || told.hover({ node: null, edge: null }));
  element.addEventListener("dblclick", (event) => {
    const { node } = under(pointOf(event));
    if (node) told.open(node);
  });
  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode ? 30 : 1);
    // a pinch on a touchpad comes as small steps of a wheel with the control key
    told.zoom(Math.exp(-Math.max(-160, Math.min(160, pixels)) * (event.ctrlKey ? 0.01 : 0.0022)), pointOf(event));
  }, { passive: false });
}
