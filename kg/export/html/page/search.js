// The search box: results as one types, chosen by mouse or with the arrow keys and Enter.

import { icon, make, nameOf } from "./elements.js";
import { shortName } from "./words.js";

const SHOWN = 12;

export function createSearchBox({ input, list, status }, context) {
  let found = [];
  let at = -1;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (id) => {
    close();
    input.value = "";
    context.openEntity(id);
    context.approach(id);
  };
  const point = (next) => {
    at = found.length ? (next + found.length) % found.length : -1;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `result-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  const show = () => {
    const { model } = context;
    const speech = context.speech();
    found = model.search(input.value, SHOWN);
    const items = found.map((row, place) => resultItem(row, place, context, choose));
    if (input.value.trim() && !items.length) items.push(make("li", { class: "faint" }, speech.say("notFound")));
    list.replaceChildren(...items);
    list.hidden = !items.length;
    input.setAttribute("aria-expanded", String(items.length > 0));
    status.textContent = input.value.trim() ? speech.say("found", { n: found.total }) : "";
    point(found.length ? 0 : -1);
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
  const entity = context.model.entities.get(row.id);
  // mousedown comes before the blur that closes the list
  return make("li", { role: "option", id: `result-${place}`, "aria-selected": "false", onmousedown: (event) => {
    event.preventDefault();
    choose(row.id);
  } }, icon(entity.type), nameOf(shortName(entity.label, 40)),
  row.alias ? make("span", { class: "faint" }, nameOf(shortName(row.name, 20))) : null,
  make("span", { class: "kind" }, context.speech().term(entity.kind || entity.type)));
}
