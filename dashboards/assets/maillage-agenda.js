/* « Séance »: screens moved by drag or by Alt and arrows; the agenda lives in the address of the page. */
(() => {
  "use strict";

  const list = () => document.getElementById("agenda-list");
  const rows = () => [...list().querySelectorAll(".agenda-row")];
  const HELD_MS = 1500;
  let dragged = null;
  let wanted = null;

  function written(order) {
    return order.map((row) => {
      const kind = row.dataset.kind;
      const minutes = (document.getElementById(`minutes-${kind}`).value.match(/\d{1,3}/) || ["0"])[0];
      const chosen = document.getElementById(`option-${kind}`);
      const option = chosen ? chosen.value : "";
      return `${kind}:${minutes}${option ? `@${option}` : ""}`;
    });
  }

  function go(parts, focus) {
    const search = new URLSearchParams(window.location.search);
    search.set("ecrans", parts.join(","));
    wanted = focus ? { id: focus, order: parts.map((part) => part.split(":")[0]).join() } : null;
    setTimeout(() => { wanted = null; }, HELD_MS);
    const text = search.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%40", "@");
    window.history.pushState({}, "", `${window.location.pathname}?${text}`);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  function move(row, to) {
    const order = rows().filter((other) => other !== row);
    order.splice(Math.max(0, Math.min(to, order.length)), 0, row);
    go(written(order), `agenda-${row.dataset.kind}`);
  }

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest ? event.target.closest(".agenda-row") : null;
    if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(row, rows().indexOf(row) + (event.key === "ArrowUp" ? -1 : 1));
  });

  document.addEventListener("dragstart", (event) => {
    // The page may be made again under the pointer: a row is held by what it shows, not by its element.
    dragged = event.target.closest?.(".agenda-row")?.dataset.kind || null;
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    if (dragged && event.target.closest(".agenda-row")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const over = event.target.closest(".agenda-row");
    if (!dragged || !over) return;
    event.preventDefault();
    const row = rows().find((other) => other.dataset.kind === dragged);
    dragged = null;
    if (row) move(row, rows().indexOf(over));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-away], [data-add]");
    if (!button || !list()) return;
    if (button.dataset.away) go(written(rows().filter((row) => row.dataset.kind !== button.dataset.away)));
    else go([...written(rows()), button.dataset.add], `agenda-${button.dataset.add}`);
  });

  function toDay(text) {
    const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
    return found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : "";
  }

  document.addEventListener("change", (event) => {
    const { id, value } = event.target;
    if (!list()) return;
    if (/^(minutes|option)-/.test(id)) go(written(rows()), id);
    const day = id === "meeting-day" ? value : id === "meeting-other" ? toDay(value) : "";
    if (day) {
      window.history.pushState({}, "", `${window.location.pathname}?date=${day}`);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    }
  });

  /* The page is made again from its address: what was held keeps the focus. */
  new MutationObserver(() => {
    if (!wanted || !list() || rows().map((row) => row.dataset.kind).join() !== wanted.order) return;
    const held = document.getElementById(wanted.id);
    if (held && held !== document.activeElement) held.focus();
  }).observe(document.body || document.documentElement, { childList: true, subtree: true });
})();
