/* What the room says: kept in the browser at once, sent to the store, sent again until it is written there. */
window.Meeting = (() => {
  "use strict";

  const data = JSON.parse(document.getElementById("data").textContent);
  const KEY = `maillage-seance ${data.contract} ${data.meeting.id}`;
  const AGAIN_MS = 6000;
  const listeners = [];
  let notes = [];
  let sending = false;

  const fresh = () => {
    const words = new Uint32Array(2);
    crypto.getRandomValues(words);
    return `${Date.now().toString(36)}${[...words].map((word) => word.toString(36)).join("")}`;
  };

  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function store(key, value) {
    try {
      localStorage.setItem(key, value);
    } catch {
      /* A browser that keeps nothing still shows the notes of this page. */
    }
  }

  function load() {
    let own = [];
    try {
      own = JSON.parse(stored(KEY) || "[]");
    } catch {
      own = [];
    }
    const known = new Map(data.said.map((note) => [note.id, { ...note, state: "saved" }]));
    own.filter((note) => note && note.id).forEach((note) => {
      const written = known.has(note.id);
      known.set(note.id, { ...known.get(note.id), ...note, state: written ? "saved" : note.state });
    });
    notes = [...known.values()];
  }

  function changed() {
    store(KEY, JSON.stringify(notes));
    listeners.forEach((tell) => tell());
  }

  function add(kind, text, territory) {
    const note = {
      id: fresh(), kind, text, territory: territory ? territory.code : "",
      name: territory ? territory.name : "Toute la région", level: territory ? territory.level : "",
      at: new Date().toISOString(), state: "kept",
    };
    notes.push(note);
    changed();
    send();
  }

  const kept = () => notes.filter((note) => note.state !== "saved");
  const waiting = () => kept().filter((note) => !note.refused);

  /* Open writing with the code, before any note; returns what refuses it. */
  async function open(code) {
    try {
      const answer = await fetch(data.notes_path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ signing: true, code, author: stored("maillage-author") || "" }),
      });
      return answer.status === 200 ? "" : (await answer.json()).message || "La base ne répond pas.";
    } catch {
      return "La base ne répond pas.";
    }
  }

  async function post(note) {
    const answer = await fetch(data.notes_path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        meeting: data.meeting.on, id: note.id, kind: note.kind, text: note.text, territory: note.territory,
        level: note.level || "", at: note.at, author: stored("maillage-author") || "",
      }),
    });
    let said = "";
    try {
      said = (await answer.json()).message || "";
    } catch {
      said = "";
    }
    return { status: answer.status, said };
  }

  /* Send what is kept, the oldest first. A note refused stays; a lost store waits. */
  async function send() {
    if (!data.notes_path || sending) return "";
    sending = true;
    try {
      /* What is said while a note travels leaves with it: the list is read again each time. */
      for (let note = waiting()[0]; note; note = waiting()[0]) {
        const { status, said } = await post(note);
        if (status === 200) note.state = "saved";
        else if (status === 401) return said;
        else if (status === 400) note.refused = said;
        else return said || "La base ne répond pas.";
        changed();
      }
    } catch {
      return "La base ne répond pas.";
    } finally {
      sending = false;
    }
    return "";
  }

  /* Whether somebody must say who writes before a note can be written: asked before the room speaks. */
  async function unsigned() {
    if (!data.notes_path) return false;
    try {
      const { state } = await (await fetch(data.notes_path)).json();
      return state === "locked" || (state === "open" && !stored("maillage-author"));
    } catch {
      return false;
    }
  }

  function groups() {
    const found = new Map();
    notes.forEach((note) => {
      if (!found.has(note.name)) found.set(note.name, []);
      found.get(note.name).push(note);
    });
    return [...found].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0], "fr"));
  }

  /* Two tables of the workbook's template, needs and remarks; a cell never begins a formula. */
  const cell = (text) => `"${String(text).replace(/^[=+\-@\t]/, "'$&").replace(/"/g, '""')}"`;
  const TABLES = {
    need: { name: "Besoins", head: ["Identifiant", "Niveau", "Code du territoire", "Besoin", "Date"] },
    remark: { name: "Remarques", head: ["Identifiant", "Niveau", "Code du territoire", "Remarque", "Date", "Réunion"] },
  };
  /* A need that names no territory is the region's: the table wants somebody who expresses it. */
  function placed(note) {
    if (note.territory) return [data.levels[note.level] || "", note.territory];
    return note.kind === "need" ? [data.levels.region, data.region] : ["", ""];
  }
  function csv(kind) {
    const rows = notes.filter((note) => note.kind === kind).map((note) => [
      `${data.prefix}${note.id}`, ...placed(note), note.text, data.meeting.on,
      ...(kind === "remark" ? [data.meeting.known ? data.meeting.id : ""] : []),
    ]);
    return [TABLES[kind].head, ...rows].map((row) => row.map(cell).join(";")).join("\r\n");
  }
  function download(kind) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`\ufeff${csv(kind)}\r\n`], { type: "text/csv" }));
    link.download = `${TABLES[kind].name}-${data.meeting.id}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  }
  function save() {
    Object.keys(TABLES).filter((kind) => notes.some((note) => note.kind === kind)).forEach(download);
  }

  load();
  setInterval(() => waiting().length && send(), AGAIN_MS);
  window.addEventListener("online", () => send());

  return {
    data, add, send, open, unsigned, groups, kept, save, stored, store,
    all: () => notes,
    whenChanged: (tell) => listeners.push(tell),
  };
})();
