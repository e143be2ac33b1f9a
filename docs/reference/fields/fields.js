// The field dictionary: loads one file of an API version and filters it in memory. No library, nothing leaves the page.
(function () {
  "use strict";
  const MOST = 100;
  const place = document.getElementById("dictionary");
  const base = new URL(".", document.currentScript.src);
  let rows = [];
  let codes = {};

  // The same rules as tools/field_dictionary.py.
  const parted = (name, by) =>
    name.replace(/([a-z0-9])([A-Z])/g, "$1" + by + "$2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1" + by + "$2");
  const inSnakeCase = (name) => parted(name, "_").toLowerCase();
  const inWords = (name) => parted(name, " ").replace(/^./, (letter) => letter.toUpperCase());

  function element(tag, attributes, ...inner) {
    const made = document.createElement(tag);
    Object.entries(attributes || {}).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...inner);
    return made;
  }

  function read(data) {
    codes = data.codes;
    rows = [];
    for (const [code, object] of Object.entries(data.objects)) {
      const add = (wire, type, label, python, known, flags, since) => {
        const values = (codes[known] || []).map(([value, text]) => value + " " + text).join(", ");
        const words = [code, object.name, object.label, wire, label, type, flags].join(" ").toLowerCase();
        const weight = object.name.toLowerCase() + " " + wire.toLowerCase();
        const kind = /^[A-Z]/.test(type) ? (type.endsWith("[]") ? "collection" : "reference") : type;
        rows.push({ code, object, wire, type, kind, label, python, values, flags, since, words, weight });
      };
      for (const [wire, type, label, known, flags, python, since] of object.members)
        add(wire, type, label || inWords(wire), python || inSnakeCase(wire), known, flags || "", since || 0);
      for (const [wire, python, given] of object.actions)
        add(wire, "action", "(" + given.join(", ") + ")", python + "()", "", "", 0);
      for (const [wire, python, given] of object.queries)
        add(wire, "named query", "(" + given.join(", ") + ")", python + "()", "", "", 0);
    }
  }

  function found(text, code, kind, flag) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (row) =>
      (!code || row.code === code) && (!kind || row.kind === kind) && (!flag || row.flags.split(" ").includes(flag));
    const hits = rows.filter((row) => fits(row) && words.every((word) => row.words.includes(word)));
    const named = (row) => words.filter((word) => row.weight.split(" ").includes(word)).length;
    return words.length ? hits.sort((one, other) => named(other) - named(one)) : hits;
  }

  const used = (row) =>
    row.type === "action" || row.type === "named query"
      ? "wf." + row.object.service + "." + row.python
      : row.object.name + ".f." + row.python;

  function copied(text) {
    const button = element("button", { type: "button", class: "dictionary-copy", title: "Copy " + text }, text);
    button.addEventListener("click", () => navigator.clipboard && navigator.clipboard.writeText(text));
    return button;
  }

  const link = (row) =>
    element("a", { href: "#" + row.code + "." + row.wire, "aria-label": "Link to " + row.object.name + "." + row.wire }, "#");

  function line(row) {
    const since = row.since === 1 ? element("em", {}, " new") : row.since === -1 ? element("em", {}, " gone") : "";
    return element(
      "tr",
      { id: row.code + "." + row.wire },
      element("td", { class: "object" }, row.object.name, element("br"), element("small", {}, row.code), " ", link(row)),
      element("td", {}, copied(row.wire), since, element("br"), copied(used(row))),
      element("td", {}, row.label, element("br"), element("small", {}, row.type)),
      element("td", {}, [row.values, row.flags].filter(Boolean).join("; "))
    );
  }

  const style = element("style", {}, `
    #dictionary form { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
    #dictionary input, #dictionary select { font: inherit; color: inherit; background: transparent; padding: .4rem .6rem;
      border: 1px solid currentColor; border-radius: .2rem; }
    #dictionary option { color: #000; background: #fff; }
    #dictionary input { flex: 1 1 14rem; min-width: 0; }
    #dictionary select { flex: 0 1 auto; width: auto; min-width: 0; max-width: 100%; }
    #dictionary .scroll { overflow-x: auto; max-width: 100%; }
    #dictionary table { width: 100%; border-collapse: collapse; font-size: .68rem; display: table; table-layout: auto; }
    #dictionary th, #dictionary td { text-align: left; vertical-align: top; padding: .3rem .5rem; min-width: 0;
      border-bottom: 1px solid rgba(128, 128, 128, .3); overflow-wrap: anywhere; }
    #dictionary .dictionary-copy { font-family: monospace; font-size: inherit; color: inherit; background: none; border: 0;
      padding: 0; text-align: left; cursor: copy; overflow-wrap: anywhere; }
    #dictionary em, #dictionary small { opacity: .7; }
    #dictionary .object, #dictionary th { white-space: nowrap; }
    @media (max-width: 44rem) {
      #dictionary thead { display: none; }
      #dictionary table, #dictionary tbody, #dictionary tr, #dictionary td { display: block; }
      #dictionary tr { padding: .4rem .5rem; border-bottom: 1px solid rgba(128, 128, 128, .5); }
      #dictionary td { border: 0; padding: .1rem 0; }
      #dictionary td:empty { display: none; }
    }`);

  const words = element("input", { type: "search", placeholder: "task date", "aria-label": "Words to look for" });
  const objects = element("select", { "aria-label": "Object" });
  const kinds = element("select", { "aria-label": "Type" });
  const flags = element("select", { "aria-label": "Flag" });
  const versions = element("select", { "aria-label": "API version" });
  const told = element("p", { role: "status" });
  const body = element("tbody");
  const heads = ["Object", "Name, in Python", "Label, type", "Codes, flags"].map((head) => element("th", {}, head));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), body);

  function show() {
    const hits = found(words.value, objects.value, kinds.value, flags.value);
    body.replaceChildren(...hits.slice(0, MOST).map(line));
    told.textContent = hits.length > MOST ? hits.length + " found; the first " + MOST + " are shown." : hits.length + " found.";
  }

  function listObjects(data) {
    const sorted = Object.entries(data.objects).sort(([, one], [, other]) => one.name.localeCompare(other.name));
    const listed = sorted.map(([code, object]) => element("option", { value: code }, object.name + " (" + code + ")"));
    objects.replaceChildren(element("option", { value: "" }, "all objects"), ...listed);
  }

  function listValues(select, first, values) {
    const chosen = select.value;
    const sorted = [...new Set(values)].filter(Boolean).sort();
    select.replaceChildren(element("option", { value: "" }, first), ...sorted.map((one) => element("option", { value: one }, one)));
    select.value = sorted.includes(chosen) ? chosen : "";
  }

  function followAddress() {
    const [code, wire] = decodeURIComponent(location.hash.slice(1)).split(".");
    if (![...objects.options].some((option) => option.value && option.value === code)) return;
    objects.value = code;
    words.value = wire || "";
    kinds.value = flags.value = "";
    show();
  }

  function load() {
    return fetch(new URL(versions.value + ".json", base))
      .then((answer) => {
        if (!answer.ok) throw new Error("HTTP " + answer.status);
        return answer.json();
      })
      .then((data) => {
        read(data);
        listObjects(data);
        listValues(kinds, "all types", rows.map((row) => row.kind));
        listValues(flags, "all flags", rows.flatMap((row) => row.flags.split(" ")));
        show();
        followAddress();
      })
      .catch((error) => {
        told.textContent = "The dictionary cannot be loaded: " + error.message + ".";
      });
  }

  const form = element("form", {}, words, objects, kinds, flags, versions);
  form.addEventListener("submit", (event) => event.preventDefault());
  place.dataset.versions.split(" ").forEach((name) => versions.append(element("option", { value: name }, name)));
  words.addEventListener("input", show);
  [objects, kinds, flags].forEach((select) => select.addEventListener("change", show));
  versions.addEventListener("change", load);
  window.addEventListener("hashchange", followAddress);
  place.replaceChildren(style, form, told, element("div", { class: "scroll" }, table));
  load();
})();
