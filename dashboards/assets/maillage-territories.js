/* « Territoires » in the browser: pointing and choosing on the map and in the table, both ways; address; keys. */
window.dash_clientside = window.dash_clientside || {};
window.dashAgGridFunctions = window.dashAgGridFunctions || {};
window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {};
(() => {
  "use strict";
  const by = (id) => document.getElementById(id);
  const here = () => window.location.pathname.replace(/\/$/, "") === "/territoires";
  const map = () => by("territories-map");
  const send = (message) => map()?.contentWindow?.postMessage(message, window.location.origin);
  let returnTo = null;

  function choose(code) {
    if (code) returnTo = code;
    window.dash_clientside.set_props("chosen", { data: { code, at: Date.now() } });
  }

  /* Outline what the panel tells of, whatever its kind. */
  function outline() {
    const told = by("territories-here");
    if (!told) return send({ maillage: "select", code: null });
    const { code, name, communes, fit } = told.dataset;
    const list = (text) => (text ? text.split(" ") : []);
    // A view that the address holds is not moved.
    const around = new URLSearchParams(window.location.search).has("carte") ? [] : list(fit);
    return send({ maillage: "select", code, name, communes: list(communes), fit: around });
  }

  const rowOf = (target) => target.closest?.("#territories-table .ag-row[row-id]");
  const rows = (code) => document.querySelectorAll(`#territories-table .ag-row[row-id="${CSS.escape(code)}"]`);
  function light(code) {
    document.querySelectorAll("#territories-table .ag-row.pointed").forEach((row) => row.classList.remove("pointed"));
    if (code) rows(String(code)).forEach((row) => row.classList.add("pointed"));
  }

  document.addEventListener("mouseover", (event) => {
    const row = rowOf(event.target);
    if (row) send({ maillage: "hover", code: row.getAttribute("row-id") });
  });
  document.addEventListener("mouseout", (event) => {
    if (rowOf(event.target) && !rowOf(event.relatedTarget || document.body)) send({ maillage: "hover", code: null });
  });
  document.addEventListener("click", (event) => {
    const row = rowOf(event.target);
    if (row) choose(row.getAttribute("row-id"));
    if (event.target.closest?.("#territories-back")) choose("");
  });

  const letters = () => localStorage.getItem("maillage-raccourcis") !== "non";
  document.addEventListener("keydown", (event) => {
    if (!here() || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rowOf(event.target);
    if (row && event.key === "Enter") {
      event.preventDefault();
      choose(row.getAttribute("row-id"));
    }
    if (event.target.closest("input:not([type=radio]), textarea, select, [contenteditable], dialog")) return;
    if (event.key === "Escape" && by("territories-back") && !document.querySelector("dialog[open]")) choose("");
    if (event.key.toLowerCase() === "t" && letters()) {
      if (event.target.closest("#territories-table")) map()?.focus();
      else focusRow(returnTo);
    }
  });

  /* Focus on the row of a territory, on the first one when it has none. */
  function focusRow(code) {
    const api = window.dash_ag_grid?.getApi?.("territories-table");
    if (!api) return;
    const node = code && api.getRowNode(code);
    const index = node ? node.rowIndex : 0;
    api.ensureIndexVisible(index, node ? "middle" : "top");
    api.setFocusedCell(index, "name");
  }

  // Files are those of the present view.
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.('a[href^="/territoires/fichiers/tableau"], a[href^="/territoires/fichiers/carte"]');
      if (link) link.href = link.getAttribute("href").split("?")[0] + window.location.search;
    },
    true,
  );

  window.addEventListener("message", ({ origin, source, data }) => {
    if (!here() || origin !== window.location.origin || source !== map()?.contentWindow || !data) return;
    if (data.maillage === "ready") outline();
    if (data.maillage === "hover") light(data.code);
    if (data.maillage === "choose") returnTo = String(data.code);
    if (data.maillage === "classes") window.dash_clientside.set_props("territories-method", { data: data.value });
  });

  /* The bar of a value, soft, under its number; what is not a value is said in words. */
  window.dashAgGridComponentFunctions.ValueBar = ({ data }) => {
    const { createElement } = window.React;
    const width = `${Math.round((data.share || 0) * 100)}%`;
    if (data.value === null) return createElement("span", { className: "no-value" }, data.shown);
    return createElement(
      "span", { className: "value-bar" }, createElement("i", { style: { width } }), createElement("b", null, data.shown),
    );
  };
  window.dashAgGridFunctions.unknownLast = (one, other, nodeOne, nodeOther, descending) => {
    const [a, b] = [one ?? null, other ?? null];
    if (a === null || b === null) return (a === null) - (b === null) === 0 ? 0 : (a === null ? 1 : -1) * (descending ? -1 : 1);
    return a - b;
  };

  Object.assign((window.dash_clientside.maillage = window.dash_clientside.maillage || {}), {
    pressMark(clicks, pressed, ids) {
      const { triggered_id: id } = window.dash_clientside.callback_context;
      const next = pressed.map((value, i) =>
        id && clicks[i] && ids[i].name === id.name ? String(value !== "true") : value,
      );
      send({ maillage: "signs", value: ids.filter((_, i) => next[i] === "true").map(({ name }) => name) });
      return next;
    },

    writeTerritories(measure, year, level, method, pressed, selected, ids) {
      if (!here()) return window.dash_clientside.no_update;
      const search = new URLSearchParams(window.location.search);
      const layers = ids.filter((_, i) => pressed[i] === "true").map(({ name }) => name).join(",");
      const told = { mesure: measure, an: year, niveau: level, classes: method, couches: layers, sel: selected };
      for (const [name, value] of Object.entries(told)) {
        if (value || name === "couches") search.set(name, value || "");
        else search.delete(name);
      }
      const text = search.toString().replaceAll("%2C", ",").replaceAll("%2A", "*");
      window.history.replaceState(window.history.state, "", `${window.location.pathname}?${text}`);
      return text;
    },

    /* What is chosen is outlined; focus goes into its portrait, and comes back to its row. */
    followSelection(selected) {
      const { triggered } = window.dash_clientside.callback_context;
      const first = !triggered?.length || !triggered[0].prop_id;
      window.requestAnimationFrame(() => window.requestAnimationFrame(() => {
        outline();
        if (selected) returnTo = selected;
        if (!first && selected) by("territories-back")?.focus();
        if (!first && !selected && returnTo) focusRow(returnTo);
      }));
      return selected;
    },
  });
})();
