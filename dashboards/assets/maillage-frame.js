/* What the frame of every page does in the browser: navigation, search, keys, dialogs, state of the store. */
window.dash_clientside = window.dash_clientside || {};
window.dashMantineFunctions = window.dashMantineFunctions || {};
(() => {
  "use strict";
  const by = (id) => document.getElementById(id);
  const element = (kind, className, text) => {
    const made = document.createElement(kind);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // The server has chosen already, accents and hyphens aside.
  window.dashMantineFunctions.keepAll = ({ options }) => options;

  /* Go to an address of the dashboard without loading the scripts again. */
  function go(address) {
    window.history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a.nav-link, a.mark, a.inside");
    if (!link) return;
    event.preventDefault();
    go(link.href);
    if (link.id) keepFocus(link);
  });

  /* A link that makes its own page again keeps the focus: who reads by keyboard stays where they were. */
  function keepFocus(link, frames = 240) {
    const now = by(link.id);
    if (link.isConnected && frames > 0) requestAnimationFrame(() => keepFocus(link, frames - 1));
    else if (now && document.activeElement === document.body) now.focus();
  }

  Object.assign((window.dash_clientside.maillage = window.dash_clientside.maillage || {}), {
    /* A result opens on the present page when it can, else on the first page that can. */
    openFound(value, finders) {
      if (!value) return window.dash_clientside.no_update;
      const [kind, ...rest] = value.split(" ");
      const pages = (finders || {})[kind] || [];
      const here = window.location.pathname;
      const stays = pages.includes(here);
      const search = new URLSearchParams(stays ? window.location.search : "");
      search.set("sel", rest.join(" "));
      go(`${stays ? here : pages[0] || here}?${search.toString()}`);
      return value;
    },
  });

  /* Dialogs: help, drawer of sources. The browser keeps the focus inside, and gives it back. */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (event.target.matches?.("dialog")) event.target.close();
    if (!button) return;
    if (button.dataset.close) by(button.dataset.close).close();
    if (button.id === "help-open") by("help").showModal();
    if (button.id === "shortcuts") setLetters(button.getAttribute("aria-pressed") !== "true");
    if (button.dataset.fold) button.closest(`.${button.dataset.fold}`).classList.toggle("folded");
    if (button.dataset.source) {
      window.dash_clientside.set_props("source-content", { children: "Recherche de la source…" });
      window.dash_clientside.set_props("source-asked", { data: { handle: button.dataset.source, at: Date.now() } });
      if (!by("source-drawer").open) by("source-drawer").showModal();
    }
  });

  const LETTERS = "maillage-raccourcis";
  const letters = () => localStorage.getItem(LETTERS) !== "non";
  function setLetters(on) {
    localStorage.setItem(LETTERS, on ? "oui" : "non");
    by("shortcuts").setAttribute("aria-pressed", String(on));
  }

  // The list comes after the letters: Enter takes its first line when none is highlighted yet.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || event.target.id !== "search") return;
      const list = by(event.target.getAttribute("aria-controls"));
      const options = [...(list?.querySelectorAll("[role=option]") || [])];
      if (!options.length || options.some((option) => option.hasAttribute("data-combobox-selected"))) return;
      event.preventDefault();
      options[0].click();
    },
    true,
  );

  /* What is typed after « / » is never lost: neither before the field is there, nor when a page takes its place. */
  let typed = null;
  let held = null;
  const fill = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  function refill(field, text) {
    held = field;
    typed = text;
    if (!text) return;
    fill.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function follow() {
    if (typed === null) return;
    const field = by("search");
    if (!held?.isConnected) {
      field?.focus();
      if (field) refill(field, typed);
    } else if (document.activeElement !== held) {
      typed = null;
    } else {
      restore();
    }
    requestAnimationFrame(follow);
  }
  /* A field made empty without a key pressed was emptied by the page that was being made. */
  function restore() {
    if (typed && held?.value === "") refill(held, typed);
  }
  function startSearch() {
    const going = typed !== null;
    typed = "";
    held = by("search");
    held?.focus();
    if (!going) follow();
  }
  document.addEventListener("beforeinput", ({ target }) => {
    if (target === held) restore();
  });
  document.addEventListener("input", ({ target }) => {
    if (typed === null || target.id !== "search") return;
    // A letter may reach the new field before what the former one held.
    if (target !== held) refill(target, typed + target.value);
    else typed = target.value;
  });

  // Letters act outside fields only, and can be turned off.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !letters()) return;
    if (typed !== null && document.activeElement?.id !== "search") {
      if (event.key.length !== 1) typed = null;
      else {
        event.preventDefault();
        typed += event.key;
      }
      return;
    }
    if (event.target.closest("input:not([type=radio]), textarea, select, [contenteditable], dialog")) return;
    const key = event.key.toLowerCase();
    if (key === "t") document.querySelector("#view input[type=radio]:not(:checked), a.turn:not([aria-current])")?.click();
    else if (key === "?") by("help").showModal();
    else if (key === "/") {
      event.preventDefault();
      startSearch();
    } else if (/^[1-9]$/.test(key)) document.querySelectorAll(".nav-link")[Number(key) - 1]?.click();
  });

  /* The strip of the store: gone, back, or changed since the page was made. */
  const ASK_EVERY_S = 4;
  let shown = null;
  let away = false;
  function say(fact, rest, end) {
    const strip = by("store-strip");
    if (!strip) return;
    const text = [fact, rest, end?.textContent].join(" ");
    strip.hidden = !fact;
    if (!fact || strip.dataset.said === text) return;
    strip.dataset.said = text;
    const icon = element("span", "icon icon-plug");
    icon.setAttribute("aria-hidden", "true");
    const words = element("p", "");
    words.append(element("strong", "", fact), ` ${rest || ""}`);
    strip.replaceChildren(icon, words, ...(end ? [end] : []));
  }
  function reopen() {
    const button = element("button", "button", "Actualiser");
    button.type = "button";
    button.addEventListener("click", () => window.location.reload());
    return button;
  }
  async function watch() {
    let wait = ASK_EVERY_S;
    try {
      const answer = await fetch("/sante", { cache: "no-store" });
      const health = await answer.json();
      wait = Math.min(health.essai_s || ASK_EVERY_S, ASK_EVERY_S);
      const lost = document.querySelector(".lost");
      if (health.depuis || !answer.ok) {
        say(health.fait || "La base ne répond pas.", health.suite || "", element("span", "again", `nouvel essai toutes les ${health.essai_s} s`));
      } else {
        if (lost || away) window.location.reload();
        if (shown === null) shown = health.version;
        if (health.version === shown) say("");
        else say(`La base est passée à la version ${health.version}.`, "Cette page montre la précédente.", reopen());
      }
      away = false;
    } catch {
      away = true;
      say("Le serveur ne répond plus.", "Cette page reste lisible ; elle se rouvrira seule.", element("span", "again", `nouvel essai toutes les ${ASK_EVERY_S} s`));
    }
    window.setTimeout(watch, wait * 1000);
  }
  window.addEventListener("load", () => {
    by("shortcuts")?.setAttribute("aria-pressed", String(letters()));
    watch();
  });
  // Going to another page, or writing from this one, shows the present version.
  window.addEventListener("_dashprivate_pushstate", () => { shown = null; });
  window.addEventListener("maillage:written", () => { shown = null; });
})();
