/* The meeting: one view at a time, everything by the keyboard, a second window for the chair. */
(() => {
  "use strict";

  const { data } = window.Meeting;
  const notes = window.Meeting;
  const places = window.MeetingPlaces;
  const { element } = places;
  const views = [...document.querySelectorAll(".screen")];
  const extra = views.findIndex((view) => view.dataset.slot === "-1");
  const hint = document.querySelector(".hint");
  const WAIT_LETTER_MS = 420;
  const CHAIR = "#notes";

  const state = { at: 0, back: null, chosen: [], kind: "need", place: null, letter: null, timer: 0, chair: null, began: 0 };
  const by = (id) => document.getElementById(id);
  const kindOf = (rank) => views[rank].dataset.kind;

  /* -- screens ------------------------------------------------------------------------------------------ */

  function show(rank) {
    state.at = Math.max(0, Math.min(rank, views.length - 1));
    views.forEach((view, position) => { view.hidden = position !== state.at; });
    const view = views[state.at];
    const slot = Number(view.dataset.slot);
    document.querySelectorAll(".bars i").forEach((bar, position) => {
      bar.className = position === slot ? "now" : position < slot ? "past" : "";
    });
    const within = views.filter((other) => other.dataset.slot === view.dataset.slot).length - 1;
    const step = Number(view.dataset.step);
    document.querySelector(".place-in").textContent =
      slot < 0 ? "" : `${slot + 1} sur ${data.slots.length}${step ? ` · besoin ${step} sur ${within}` : ""}`;
    tell();
    if (kindOf(state.at) === "territoire") focus(by("search"));
    else if (kindOf(state.at) === "besoins") {
      focus(by("entry"));
      askWho();
    }
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (kindOf(state.at) === "reseau") light();
    place(view);
    remember();
    toChair();
  }

  function focus(field) {
    if (field) field.focus({ preventScroll: true });
  }

  function tell(said) {
    const waiting = notes.kept().length;
    const kept = data.notes_path
      ? "gardé ici, sera écrit au retour de la base"
      : "gardé dans ce navigateur : à enregistrer en fichier à la fin";
    const taking = ["besoins", "releve"].includes(kindOf(state.at));
    hint.classList.toggle("kept", Boolean(said) || (taking && waiting > 0));
    hint.textContent = said || (taking && waiting ? `${waiting} ${waiting > 1 ? "notes" : "note"} · ${kept}` : views[state.at].dataset.hint);
  }

  function remember() {
    try {
      history.replaceState(null, "", `#ecran=${state.at + 1}`);
    } catch {
      /* A file opened from a key may forbid it: nothing is lost but the place. */
    }
  }

  const last = () => (extra >= 0 ? extra - 1 : views.length - 1);

  function step(by) {
    const from = state.back === null ? state.at : state.back;
    if (state.back !== null && by < 0) {
      state.back = null;
      show(from);
      return;
    }
    state.back = null;
    show(Math.max(0, Math.min(from + by, last())));
  }

  function toSlot(slot) {
    const rank = views.findIndex((view) => Number(view.dataset.slot) === slot);
    if (rank >= 0) {
      state.back = null;
      show(rank);
    }
  }

  /* Where the names of a drawing stand: fractions of its field, so that nothing depends on its size. */
  function place(view) {
    view.querySelectorAll("[data-x]").forEach((name) => {
      name.style.left = `${100 * Number(name.dataset.x)}%`;
      name.style.top = `${100 * Number(name.dataset.y)}%`;
      if (name.classList.contains("town")) name.classList.toggle("left", Number(name.dataset.x) > 0.66);
    });
  }

  function light() {
    const groups = new Set(state.chosen.flatMap((one) => one.groups));
    document.querySelectorAll("circle[data-group]").forEach((disc) => {
      disc.classList.toggle("lit", groups.has(Number(disc.dataset.group)));
    });
  }

  /* -- territories -------------------------------------------------------------------------------------- */

  const search = by("search");
  const found = by("found");
  let options = [];
  let option = 0;

  function openSearch(letters) {
    const rank = views.findIndex((view) => view.dataset.kind === "territoire");
    if (state.at !== rank) {
      state.back = state.at;
      show(rank);
    }
    search.value = letters;
    complete();
  }

  function asking() {
    const parts = search.value.split("+");
    return { before: parts.slice(0, -1).join("+"), text: parts[parts.length - 1].trimStart() };
  }

  function complete() {
    const { text } = asking();
    options = places.find(text);
    option = 0;
    list(text);
  }

  function list(text) {
    places.ghost(search, search.value, places.rest(text, options[option]));
    found.replaceChildren(...options.map((entry, rank) => {
      const row = element("li", entry.name);
      row.id = `found-${rank}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", String(rank === option));
      row.append(element("small", ` · ${entry.about}`));
      row.addEventListener("click", () => { option = rank; choose(); });
      return row;
    }));
    found.hidden = !options.length;
    search.setAttribute("aria-expanded", String(!found.hidden));
    if (options.length) search.setAttribute("aria-activedescendant", `found-${option}`);
    else search.removeAttribute("aria-activedescendant");
  }

  function choose() {
    const { before, text } = asking();
    const first = before ? places.find(before.split("+")[0], 1)[0] : null;
    const chosen = [first, options[option]].filter(Boolean).map((entry) => places.at(entry.rank));
    if (!chosen.length || (text && !options.length)) {
      if (text) places.missing(text.slice(0, 40));
      return;
    }
    state.chosen = [...new Set(chosen)].slice(0, 2);
    state.place = state.chosen[0];
    search.value = "";
    options = [];
    list("");
    places.show(state.chosen);
    if (!state.place_typed) by("place") && setPlace(state.place);
  }

  search.addEventListener("input", complete);

  /* -- taking down -------------------------------------------------------------------------------------- */

  const entry = by("entry");
  const field = by("place");

  function setPlace(territory) {
    state.place = territory;
    if (field) {
      field.value = territory ? territory.name : "";
      places.ghost(field, "", "");
    }
  }

  function setKind(kind) {
    state.kind = kind;
    document.querySelectorAll(".kind").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.note === kind));
    });
  }

  function choosePlace() {
    const match = places.find(field.value, 1)[0];
    if (field.value.trim() && !match) {
      tell(`Aucun territoire ne commence par « ${field.value.slice(0, 40)} ».`);
      return;
    }
    setPlace(match ? places.at(match.rank) : null);
    tell();
    focus(entry);
  }

  function write() {
    const text = entry.value.trim();
    if (!text) return;
    notes.add(state.kind, text, state.place);
    entry.value = "";
  }

  const hour = (moment) => {
    if (!moment) return "";
    const day = new Date(moment);
    return `${day.getHours()}\u00a0h\u00a0${String(day.getMinutes()).padStart(2, "0")}`;
  };

  function noteRow(note) {
    const row = document.createElement("li");
    const said = document.createElement("div");
    const head = document.createElement("p");
    head.append(element("span", `${data.kinds[note.kind]} · `, `is-${note.kind}`), note.name);
    if (note.state !== "saved") head.append(element("span", note.refused ? `  gardé ici\u00a0: ${note.refused}` : "  gardé ici", "kept"));
    said.append(head, element("p", note.text));
    row.append(element("time", hour(note.at)), said);
    return row;
  }

  const several = (count, word) => (count ? `${count} ${word}${count > 1 ? "s" : ""}` : "");
  const counted = (own) => [
    several(own.filter((note) => note.kind === "need").length, "besoin"),
    several(own.filter((note) => note.kind === "remark").length, "remarque"),
  ].filter(Boolean).join(", ");

  const MOST_NOTES = 3;
  const MOST_TOTALS = 5;
  function drawNotes() {
    const list = document.querySelector(".notes");
    if (list) list.replaceChildren(...[...notes.all()].reverse().slice(0, MOST_NOTES).map(noteRow));
    const groups = notes.groups();
    const totals = document.querySelector(".totals");
    if (totals) {
      const rows = groups.slice(0, MOST_TOTALS).map(([name, own]) => {
        const row = document.createElement("li");
        row.append(element("span", name), element("em", counted(own)));
        return row;
      });
      if (groups.length > MOST_TOTALS) rows.push(element("li", `et ${several(groups.length - MOST_TOTALS, "autre territoire").replace("territoire", "territoire")}`));
      totals.replaceChildren(...(rows.length ? rows : [element("li", "Rien n’a encore été noté.")]));
    }
    document.querySelectorAll("[data-do=csv]").forEach((button) => {
      button.hidden = !(data.notes_path ? notes.kept().length : notes.all().length);
    });
    document.querySelector("#record .groups").replaceChildren(...groups.flatMap(([name, own]) => {
      const rows = document.createElement("ul");
      rows.append(...own.map((note) => element("li", `${data.kinds[note.kind]}\u00a0: ${note.text}`)));
      return [element("h2", name), rows];
    }));
  }

  notes.whenChanged(() => {
    drawNotes();
    tell();
  });

  /* -- who writes ---------------------------------------------------------------------------------------- */

  const dialog = by("signing");
  function sign(said = "") {
    if (dialog.open) return;
    by("author").value = notes.stored("maillage-author") || "";
    dialog.querySelector(".refused").textContent = said;
    dialog.returnValue = "";
    dialog.showModal();
  }
  /* Once, on arrival: a question that came up later would take the words being typed. */
  async function askWho() {
    if (state.asked) return;
    state.asked = true;
    const wanted = await notes.unsigned();
    if (wanted && kindOf(state.at) === "besoins" && !entry.value) sign();
  }
  dialog.addEventListener("close", async () => {
    /* The line is ready at once: what comes later never takes the focus from the words being typed. */
    focus(entry);
    if (dialog.returnValue !== "sign") return;
    notes.store("maillage-author", by("author").value.trim());
    const said = await notes.open(by("code").value);
    by("code").value = "";
    if (said) sign(said);
    else await notes.send();
    tell();
  });

  /* -- the second window -------------------------------------------------------------------------------- */

  const speech = () => {
    const slot = Number(views[state.at].dataset.slot);
    const kind = kindOf(state.at);
    const next = data.slots[slot + 1];
    return {
      meeting: data.meeting.id, place: document.querySelector(".place-in").textContent, title: views[state.at].querySelector("h1").textContent,
      text: data.chair[kind] || "", next: next ? `Ensuite\u00a0: ${next.title} (${next.minutes} min)` : "Dernier écran",
      planned: data.slots.slice(0, slot + 1).reduce((sum, one) => sum + one.minutes, 0), began: state.began,
    };
  };
  function toChair() {
    if (state.chair && !state.chair.closed) state.chair.postMessage({ seance: speech() }, "*");
  }
  function openChair() {
    state.began = state.began || Date.now();
    state.chair = window.open(`${location.href.split("#")[0]}${CHAIR}`, "maillage-notes", "width=760,height=560");
  }
  window.addEventListener("message", (event) => {
    if (event.source !== state.chair || !event.data) return;
    if (event.data.seance === "ready") toChair();
    else if (event.data.seance === "step") step(event.data.by);
  });

  function beChair() {
    document.body.className = "chairing";
    by("chair").hidden = false;
    let told = null;
    window.addEventListener("message", (event) => {
      if (event.source !== window.opener || !event.data || !event.data.seance || event.data.seance.meeting !== data.meeting.id) return;
      told = event.data.seance;
      document.querySelector(".chair-place").textContent = told.place;
      by("chair-title").textContent = told.title;
      document.querySelector(".chair-text").textContent = told.text;
      document.querySelector(".chair-next").textContent = told.next;
    });
    setInterval(() => {
      if (!told) return;
      const spent = Math.floor((Date.now() - told.began) / 1000);
      const said = `${Math.floor(spent / 60)}\u00a0min\u00a0${String(spent % 60).padStart(2, "0")}`;
      document.querySelector(".chair-clock").textContent = `${said} sur ${told.planned}\u00a0min prévues à la fin de cet écran`;
    }, 500);
    document.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 }[event.key];
      if (by && window.opener) window.opener.postMessage({ seance: "step", by }, "*");
    });
    if (window.opener) window.opener.postMessage({ seance: "ready" }, "*");
  }

  /* -- keys ---------------------------------------------------------------------------------------------- */

  const black = document.querySelector(".black");
  const MOVES = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1, ArrowDown: 1, ArrowUp: -1 };

  function fullScreen() {
    if (!document.fullscreenElement && document.documentElement.requestFullscreen) {
      document.documentElement.requestFullscreen().catch(() => {});
    }
  }

  /* B and N act alone; followed by another letter they begin a name. */
  function letter(key) {
    clearTimeout(state.timer);
    const before = state.letter || "";
    state.letter = null;
    if (!before && /^[bn]$/i.test(key)) {
      state.letter = key;
      state.timer = setTimeout(() => {
        state.letter = null;
        if (key.toLowerCase() === "b") black.hidden = !black.hidden;
        else openChair();
      }, WAIT_LETTER_MS);
      return;
    }
    openSearch(before + key);
  }

  function leave() {
    if (!black.hidden) black.hidden = true;
    else if (!found.hidden || search.value) { search.value = ""; complete(); }
    else if (document.activeElement === field) focus(entry);
    else if (state.back !== null) { const to = state.back; state.back = null; show(to); }
    else if (document.fullscreenElement) document.exitFullscreen();
    else if (data.notes_path) location.assign("/seance");
  }

  /* Keys inside the three fields; true when the key was used. */
  function inField(event) {
    const at = document.activeElement;
    if (at === search && search.value) {
      if (event.key === "Enter") choose();
      else if (["ArrowDown", "ArrowUp"].includes(event.key) && options.length) {
        option = (option + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length;
        list(asking().text);
      } else return !["PageDown", "PageUp"].includes(event.key) ? "native" : false;
      return true;
    }
    if (at === field) {
      if (event.key === "Enter" || event.key === "ArrowDown") choosePlace();
      else if (["PageDown", "PageUp"].includes(event.key)) return false;
      else return "native";
      return true;
    }
    if (at === entry) {
      if (event.key === "Enter") write();
      else if (event.key === "Tab" && !event.shiftKey) setKind(state.kind === "need" ? "remark" : "need");
      else if (event.key === "ArrowUp") { focus(field); field.select(); }
      else if (["PageDown", "PageUp"].includes(event.key)) return false;
      else if (entry.value || (event.key.length === 1 && event.key !== " ")) return "native";
      else return !(event.key in MOVES) || event.key === "ArrowDown";
      return true;
    }
    return false;
  }

  document.addEventListener("keydown", (event) => {
    if (location.hash === CHAIR || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (event.key === "Escape") { event.preventDefault(); leave(); return; }
    const used = inField(event);
    if (used === "native") return;
    if (used) { event.preventDefault(); return; }
    if (document.activeElement instanceof HTMLButtonElement && ["Enter", " ", "Tab"].includes(event.key)) return;
    if (event.key in MOVES) {
      event.preventDefault();
      state.began = state.began || Date.now();
      fullScreen();
      if (!black.hidden) black.hidden = true;
      else step(MOVES[event.key]);
    } else if (/^[1-9]$/.test(event.key)) {
      event.preventDefault();
      toSlot(Number(event.key) - 1);
    } else if (event.key.length === 1 && /\p{L}/u.test(event.key)) {
      event.preventDefault();
      if (!black.hidden) black.hidden = true;
      else letter(event.key);
    }
  });

  if (field) {
    field.addEventListener("input", () => places.ghost(field, field.value, places.rest(field.value, places.find(field.value, 1)[0])));
    document.querySelectorAll(".kind").forEach((button) => button.addEventListener("click", () => { setKind(button.dataset.note); focus(entry); }));
  }
  document.querySelectorAll("[data-do]").forEach((button) => button.addEventListener("click", () => {
    if (button.dataset.do === "print") window.print();
    else notes.save();
  }));

  if (location.hash === CHAIR) beChair();
  else {
    drawNotes();
    const first = data.slots.find((slot) => slot.kind === "territoire" && slot.option);
    const named = first && data.territories.find((one) => one.code === first.option);
    const asked = /ecran=(\d+)/.exec(location.hash);
    document.fonts.ready.then(() => {
      show(asked ? Number(asked[1]) - 1 : data.start);
      if (named) { state.chosen = [named]; places.show([named]); setPlace(named); }
      document.documentElement.dataset.ready = "1";
    });
    notes.send();
  }
})();
