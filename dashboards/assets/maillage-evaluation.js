/* « Évaluation » in the browser: the dialog of a proof, values that unfold, the reference copied. */
(() => {
  "use strict";
  const by = (id) => document.getElementById(id);
  const set = (id, props) => window.dash_clientside.set_props(id, props);

  /* The proof is in the address, so that it can be shared; another setting there stays as it is. */
  function write(key) {
    const search = new URLSearchParams(window.location.search);
    if (key) search.set("preuve", key);
    else search.delete("preuve");
    const text = search.toString();
    window.history.replaceState(window.history.state, "", `${window.location.pathname}${text ? `?${text}` : ""}`);
  }
  const rowOf = (key) =>
    [...document.querySelectorAll("[data-row]")].find(({ dataset }) => dataset.row === key || dataset.row.split(" ")[0] === key);

  let shown = "";
  function open(key) {
    const dialog = by("proof");
    if (!key || !dialog) return;
    shown = key;
    document.querySelectorAll(".ev-asked").forEach((row) => row.classList.remove("ev-asked"));
    rowOf(key)?.classList.add("ev-asked");
    by("proof-code").textContent = `${key.split(" ")[0]} · `;
    by("proof-copied").textContent = "";
    set("proof-content", { children: "Recherche de la preuve…" });
    set("proof-asked", { data: { key, search: window.location.search, at: Date.now() } });
    write(key);
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("[data-close]").focus();
  }

  // Leaving the dialog gives the focus back to what opened it; one opened by its address goes to its row.
  document.addEventListener(
    "close",
    ({ target }) => {
      if (target.id !== "proof") return;
      write("");
      const row = rowOf(shown);
      row?.classList.remove("ev-asked");
      // The browser gives the focus back after this event.
      requestAnimationFrame(() => {
        const here = document.activeElement;
        if (here && here !== document.body && !target.contains(here)) return;
        unfold(row?.closest("tbody"));
        (row?.querySelector("[data-proof]") || document.querySelector(".ev-figures-field, .ev-answer"))?.focus();
      });
    },
    true,
  );

  function unfold(rows) {
    if (!rows?.hidden) return;
    rows.hidden = false;
    document.querySelector(`[aria-controls="${rows.id}"]`)?.setAttribute("aria-expanded", "true");
  }

  document.addEventListener("click", (event) => {
    const more = event.target.closest?.("[data-more]");
    if (more) {
      const rows = by(more.getAttribute("aria-controls"));
      rows.hidden = !rows.hidden;
      more.setAttribute("aria-expanded", String(!rows.hidden));
      return;
    }
    const asked = event.target.closest?.("[data-proof]")?.dataset.proof || event.target.closest?.("[data-row]")?.dataset.row;
    if (asked && window.getSelection().isCollapsed) open(asked);
    if (event.target.closest?.("#proof-copy")) copy();
  });

  async function copy() {
    const text = document.querySelector("[data-reference]")?.dataset.reference;
    if (!text) return;
    try {
      await navigator.clipboard.writeText(text);
      by("proof-copied").textContent = "Référence copiée.";
    } catch {
      by("proof-copied").textContent = text;
    }
  }

  Object.assign((window.dash_clientside.maillage = window.dash_clientside.maillage || {}), {
    openProof(key) {
      if (key) open(key);
      else if (by("proof")?.open) by("proof").close();
      return key || "";
    },
  });
})();
