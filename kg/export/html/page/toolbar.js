// The buttons above the picture: views, filters, undo, redo, reset, copy the link, export, language.

import { linkTo } from "./address.js";
import { make } from "./elements.js";
import { isActive } from "./filter.js";
import { INITIAL } from "./state.js";

/** Make the tabs of the views; arrow keys move between them, as tabs do everywhere. */
export function createTabs(element, views, context) {
  const { store } = context;
  const show = (view) => store.set({ view: view.id });
  const tabs = views.map((view) => make("button", {
    type: "button", role: "tab", id: `tab-${view.id}`, "aria-controls": "view", onclick: () => show(view),
    onkeydown: (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = (views.indexOf(view) + step + views.length) % views.length;
      tabs[next].focus();
      show(views[next]);
    },
  }));
  element.append(...tabs);
  return function update(state) {
    const speech = context.speech();
    views.forEach((view, at) => {
      tabs[at].textContent = speech.say(view.title);
      tabs[at].setAttribute("aria-selected", String(view.id === state.view));
      tabs[at].tabIndex = view.id === state.view ? 0 : -1;
    });
    document.getElementById("view").setAttribute("aria-labelledby", `tab-${state.view}`);
    reveal(tabs.find((tab) => tab.tabIndex === 0), element);
  };
}

/** Bring a tab into sight where the row of tabs is wider than a phone. */
function reveal(tab, row) {
  if (!tab) return;
  const [inside, around] = [tab, row].map((element) => element.getBoundingClientRect());
  if (inside.right > around.right) row.scrollLeft += inside.right - around.right;
  else if (inside.left < around.left) row.scrollLeft += inside.left - around.left;
}

/** Wire the buttons of the page's head; each is in page.html. */
export function createTools(exports, context) {
  const { store } = context;
  const byId = (id) => document.getElementById(id);
  const on = (id, act) => byId(id).addEventListener("click", act);
  on("undo", () => store.undo());
  on("redo", () => store.redo());
  on("reset", () => store.set({ ...INITIAL, view: store.get().view }));
  on("language", () => store.set({ language: store.get().language === "zh" ? "en" : "zh" }, { replace: true }));
  on("link", () => copyLink(context));
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) store.undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) store.redo();
    else return;
    event.preventDefault();
  });
  const menu = createMenu(byId("export"), exports, context);
  return function update(state) {
    byId("undo").disabled = !store.canUndo();
    byId("redo").disabled = !store.canRedo();
    byId("filters").classList.toggle("on", isActive(state.filter));
    menu();
  };
}

async function copyLink({ store, say }) {
  const link = linkTo(store.get());
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    copyBySelection(link); // a file opened by double-click has no clipboard to ask
  }
  say("linkCopied");
}

function copyBySelection(text) {
  const box = make("textarea", { class: "unseen", readonly: true });
  box.value = text;
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

/** Fill a menu: a disclosure with one button an export; Escape and a click elsewhere close it. */
function createMenu(element, exports, context) {
  const list = make("div", { class: "menu" });
  element.append(list);
  element.hidden = !exports.length;
  document.addEventListener("click", (event) => element.contains(event.target) || element.removeAttribute("open"));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    element.removeAttribute("open");
    element.querySelector("summary").focus();
    event.stopPropagation();
  });
  return () => list.replaceChildren(...exports.filter(({ isPossible }) => !isPossible || isPossible(context)).map(({ title, run }) => make("button", {
    type: "button", onclick: () => { element.removeAttribute("open"); run(context); },
  }, context.speech().say(title))));
}
