// The query page: YASGUI on our endpoint, with the queries of this project beside it and its vocabulary in completion.
//
// The trap: YASGUI would ask prefix and vocabulary services on the web, and sends readers of an IRI there; here both
// stay on this server. Results are others' texts: links are built as elements, never as text that is parsed.

import { triplesView } from "./triples.js";

const { Yasgui, Yasqe, Yasr } = yasguiLibrary;
const english = document.documentElement.lang === "en";

const known = await (await fetch("/queries.json")).json();

completeFrom(known);
Yasr.plugins.table = tableWithLinks(Yasr.plugins.table, known.base);
Yasr.registerPlugin(
  "triples",
  triplesView({
    label: english ? "Picture" : "图",
    more: (n) => (english ? `${n} more triples are not drawn.` : `另有 ${n} 条三元组没有画出。`),
    relation: (iri) => known.terms[iri]?.[english ? 1 : 0] ?? shortened(iri, known.prefixes),
    address: (iri) => addressOf(iri, known.base),
    short: (iri) => shortened(iri, { ...known.prefixes, "": known.base }).replace(/^:/, ""),
  }),
);
const editor = new Yasgui(document.getElementById("editor"), {
  requestConfig: { endpoint: new URL("/sparql", location.href).href, method: "POST" },
  copyEndpointOnNewTab: true,
  populateFromUrl: true,
  persistenceId: "kg-serve",
  yasqe: { ...Yasqe.defaults, value: withPrefixes("SELECT * WHERE {\n  ?s ?p ?o\n} LIMIT 10", known.prefixes) },
});
list(known.queries);
new MutationObserver(nameFields).observe(editor.rootEl, { childList: true, subtree: true }); // a tab is drawn when shown
nameFields();

function completeFrom({ prefixes, terms }) {
  const completers = Yasqe.Autocompleters;
  const written = Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`);
  completers.prefixes.get = () => Promise.resolve(written);
  const matching = (isProperty) => (yasqe, token) =>
    Promise.resolve(
      Object.keys(terms).filter(
        (iri) => /#[a-z]/.test(iri) === isProperty && iri.startsWith(token?.autocompletionString ?? ""),
      ),
    );
  completers.property.get = matching(true);
  completers.class.get = matching(false);
}

function tableWithLinks(Table, base) {
  return class extends Table {
    constructor(results) {
      super(results);
      this.persistentConfig.compact = true; // names without quotes and language, unless the reader wants them
    }

    drawControls() {
      super.drawControls();
      this.tableSizeField.setAttribute("aria-label", english ? "Rows on a page" : "每页行数");
    }

    // The table's search reads what it is given as HTML.
    getColumns() {
      return super.getColumns().map((column) => ({
        ...column,
        render: (cell, purpose, ...rest) =>
          purpose === "display" || !cell?.value ? column.render(cell, purpose, ...rest) : escaped(cell.value),
      }));
    }

    getUriLinkFromBinding(binding, prefixes) {
      const iri = binding.value;
      const link = document.createElement("a");
      link.className = "iri";
      link.textContent = shortened(iri, prefixes);
      const address = addressOf(iri, base);
      if (address) link.setAttribute("href", address);
      return link.outerHTML;
    }
  };
}

function escaped(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element.innerHTML;
}

function addressOf(iri, base) {
  if (!iri.startsWith(base)) return /^https?:/.test(iri) ? iri : "";
  const path = encodeURI(iri.slice(base.length)).replaceAll("%25", "%");
  return path.startsWith("article/") ? `/${path}` : `/id/${path}`;
}

function shortened(iri, prefixes = {}) {
  const found = Object.entries(prefixes).find(([, start]) => start && iri.startsWith(start));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
}

function withPrefixes(query, prefixes) {
  const used = Object.entries(prefixes).filter(([prefix]) => ["lg", "rdfs", "skos", "schema"].includes(prefix));
  return `${used.map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`).join("\n")}\n\n${query}`;
}

function list(queries) {
  const items = queries.map(({ name, question, text }) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.query = name;
    button.textContent = question[english ? 1 : 0] || name;
    button.addEventListener("click", () => open(name, text));
    item.append(button);
    return item;
  });
  document.querySelector("#examples ul").replaceChildren(...items);
}

/** Tell screen readers what YASGUI's fields are for. */
function nameFields() {
  for (const field of document.querySelectorAll(".CodeMirror textarea:not([aria-label])")) {
    field.setAttribute("aria-label", english ? "Query in SPARQL" : "SPARQL 查询");
  }
}

/** Open a query in a tab of its own, or the tab that holds it already, and run it. */
function open(name, text) {
  const ours = Object.values(editor._tabs).find((tab) => tab.name() === name);
  const tab = ours ?? editor.addTab(true, { name, yasqe: { value: text } });
  editor.selectTabId(tab.getId());
  tab.getYasqe().setValue(text);
  tab.getYasqe().query().catch(() => {}); // what went wrong stands in the results
}
