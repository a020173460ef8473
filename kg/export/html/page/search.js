// The search box: results as one types, chosen by mouse or with the arrow keys and Enter.

import { icon, make, nameOf } from "./elements.js";
import { shortName } from "./words.js";

const SHOWN = 12;
const PAUSE = 200; // milliseconds

export function createSearchBox({ input, list, status }, context) {
  let found = [];
  let at = -1;
  let pause = 0;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (id) => {
    close();
    input.value = "";
    context.openEntity(id).then(() => context.approach(id));
  };
  const point = (next) => {
    at = found.length ? (next + found.length) % found.length : -1;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `result-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  /** List what is found; `rest` says what became of asking the store. */
  const fill = (rows, total, rest = "") => {
    const speech = context.speech();
    found = rows;
    const notes = [rest, !rest && input.value.trim() && !rows.length ? speech.say("notFound") : ""].filter(Boolean);
    list.replaceChildren(...rows.map((row, place) => resultItem(row, place, context, choose)), ...notes.map((note) => make("li", { class: "faint" }, note)));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = input.value.trim() ? rest || speech.say("found", { n: total }) : "";
    point(rows.length ? Math.max(at, 0) : -1);
  };
  const show = () => {
    const own = context.model.search(input.value, SHOWN);
    const asks = context.source.find && input.value.trim();
    at = 0;
    fill(own, own.total, asks ? context.speech().say("findingMore") : "");
    if (asks) findMore(own);
  };
  /** Ask the store, once one pauses, for what is not here; an answer to what is no longer typed is dropped. */
  const findMore = (own) => {
    const { value } = input;
    clearTimeout(pause);
    pause = setTimeout(async () => {
      const [rows, trouble] = await context.source.find(value).then((more) => [more, ""], ({ message }) => [[], context.speech().say("cannotFetch", { reason: message })]);
      if (input.value !== value || (list.hidden && input !== document.activeElement)) return;
      const others = rows.filter(({ id }) => own.every((row) => row.id !== id));
      fill([...own, ...others].slice(0, SHOWN), own.total + others.length, trouble);
    }, PAUSE);
  };

  (window.requestIdleCallback ?? setTimeout)(() => context.model.search("")); // makes the index before the first key
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1 };
    if (event.key in moves) point(moves[event.key]);
    else if (event.key === "Enter" && at >= 0 && !event.isComposing) choose(found[at].id);
    else if (event.key === "Escape") { input.value = ""; close(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && event.target.tagName !== "INPUT") {
      event.preventDefault();
      input.focus();
    }
  });
}

function resultItem(row, place, context, choose) {
  const entity = context.model.entities.get(row.id) ?? row; // what the store found brings its own words
  // mousedown comes before the blur that closes the list
  return make("li", { role: "option", id: `result-${place}`, "aria-selected": "false", onmousedown: (event) => {
    event.preventDefault();
    choose(row.id);
  } }, icon(entity.type), nameOf(shortName(entity.label, 40)),
  row.alias ? make("span", { class: "faint" }, nameOf(shortName(row.name, 20))) : null,
  make("span", { class: "kind" }, context.speech().term(entity.kind || entity.type)));
}
