/* What surrounds the drawing: controls in French, first view, hover card, table, messages with the page. */
(() => {
  "use strict";
  const M = window.Maillage;

  function element(kind, className, text) {
    const made = document.createElement(kind);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /* Controls, and the region fitted beside the legend so that the legend never covers it. */
  M.frame = (map, id) => {
    const { bounds, label } = M.read(id);
    // In a narrow frame the legend takes the whole left side.
    const position = map.getSize().x < 760 ? "topright" : "topleft";
    L.control.zoom({ position, zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 110 }).addTo(map);
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", label);
    container.addEventListener("mousedown", () => container.classList.add("by-mouse"), true);
    document.addEventListener("keydown", () => container.classList.remove("by-mouse"), true);
    let moved = false;
    const fit = () => {
      if (moved) return;
      const legend = document.querySelector(".legend");
      // A legend that stands under the map takes no room from it.
      const beside = legend && legend.getBoundingClientRect().top < container.getBoundingClientRect().bottom - 1;
      const left = beside ? legend.offsetLeft + legend.offsetWidth + 8 : 8;
      map.fitBounds(bounds, { paddingTopLeft: [left, 8], paddingBottomRight: [8, 8], animate: false });
    };
    map.on("dragstart zoomanim", () => { moved = true; });
    map.on("moveend", () => {
      const { lat, lng } = map.getCenter();
      if (moved) tell({ maillage: "moved", view: [lat.toFixed(4), lng.toFixed(4), map.getZoom()] });
    });
    map.on("maillage:view", ({ view: [lat, lng, zoom] }) => {
      moved = true;
      map.setView([lat, lng], zoom, { animate: false });
    });
    map.on("resize", fit);
    fit();
    let near = map.getZoom() >= M.NEAR_ZOOM;
    map.on("zoomend", () => {
      if (near === (near = map.getZoom() >= M.NEAR_ZOOM)) return;
      M.repaint(map);
    });
    const start = () => { map.invalidateSize({ animate: false }); fit(); map.fire("maillage:ready"); };
    document.fonts.ready.then(start);
    window.addEventListener("load", () => { document.documentElement.dataset.ready = "oui"; });
  };

  /* Card that follows the pointer, 16 px away, kept inside the frame. */
  M.card = (map, id) => {
    const { units, said } = M.read(id);
    Object.values(units).forEach((lines) => { lines[3] = said[lines[3]]; lines[4] = said[lines[4]]; });
    M.cardUnits = units;
    const card = element("div", "hover-card");
    card.hidden = true;
    map.getContainer().append(card);
    map.on("maillage:enter", ({ code, point }) => {
      const lines = units[code];
      if (!lines) return;
      if (card.dataset.code !== code) {
        card.dataset.code = code;
        const [name, about, value, unit, note] = lines;
        const figure = element("p", "card-value");
        figure.append(element("strong", "", value), ` ${unit}`);
        card.replaceChildren(element("h2", "", name), element("p", "card-about", about), figure);
        if (note) card.append(element("p", "card-note", note));
        M.outline(map, "hover", code, { ink: 2.6 });
      }
      card.hidden = false;
      const size = map.getSize();
      const left = point.x + 16 + card.offsetWidth > size.x ? point.x - 16 - card.offsetWidth : point.x + 16;
      const top = Math.min(point.y + 16, size.y - card.offsetHeight - 8);
      card.style.transform = `translate(${Math.max(8, left)}px, ${Math.max(8, top)}px)`;
    });
    map.on("maillage:leave", () => {
      card.hidden = true;
      delete card.dataset.code;
      M.outline(map, "hover", null);
    });
    map.on("maillage:choose", ({ code, level }) => tell({ maillage: "choose", code, level }));
  };

  function tell(message) {
    if (window.parent !== window) window.parent.postMessage(message, window.location.origin);
  }

  /* Table with the same content as the drawing, built when it is asked for. */
  M.table = (map, id) => {
    const data = M.read(id);
    const button = document.querySelector("[data-open-table]");
    const dialog = document.querySelector("dialog.table-alternative");
    if (!button || !dialog) return;
    button.addEventListener("click", () => {
      if (!dialog.querySelector("table")) fill(dialog.querySelector("[data-table]"), data, rowsOf(map, data));
      dialog.showModal();
    });
    dialog.querySelector("[data-close-table]").addEventListener("click", () => dialog.close());
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "t" && !event.ctrlKey && !event.metaKey && !dialog.open) button.click();
    });
  };

  function rowsOf(map, { cards, names, epci, said, here, zrr }) {
    if (cards) {
      return Object.entries(M.cardUnits).map(([code, [name, about, value, unit, note]]) =>
        [name, code, about, `${value} ${unit}`, note]);
    }
    const classed = new Set(zrr);
    const groups = M.codesAt(map, "epci");
    return M.codesAt(map, "commune").map((code, i) => {
      const [group, count] = epci[groups[i]] || ["aucun", ""];
      return [names[i], code, group, count, said[here[i]], classed.has(code) ? "oui" : "non"];
    });
  }

  function fill(place, { caption, columns }, rows) {
    const table = element("table");
    table.append(element("caption", "", caption));
    const head = table.createTHead().insertRow();
    columns.forEach(({ title }) => {
      const cell = element("th", "", title);
      cell.scope = "col";
      head.append(cell);
    });
    const body = table.createTBody();
    rows.forEach((row) => {
      const line = body.insertRow();
      row.forEach((text, i) => line.append(element("td", columns[i].figure ? "figure" : "", text)));
    });
    place.replaceChildren(table);
  }

  /* Signs shown at first; the legend's buttons and the page around can change them. */
  M.signs = (map, id) => {
    const { shown } = M.read(id);
    const buttons = [...document.querySelectorAll("[data-sign]")];
    const apply = (signs) => {
      M.show(map, signs);
      buttons.forEach((button) => button.setAttribute("aria-pressed", String(signs.includes(button.dataset.sign))));
    };
    buttons.forEach((button) =>
      button.addEventListener("click", () => {
        const on = new Set(buttons.filter((b) => b.getAttribute("aria-pressed") === "true").map((b) => b.dataset.sign));
        if (!on.delete(button.dataset.sign)) on.add(button.dataset.sign);
        apply([...on]);
      }),
    );
    window.addEventListener("message", ({ origin, source, data }) => {
      if (source !== window.parent || origin !== window.location.origin || !data) return;
      if (data.maillage === "scheme" && ["light", "dark"].includes(data.value)) {
        document.documentElement.dataset.mantineColorScheme = data.value;
        M.repaint(map);
      }
      if (data.maillage === "signs" && Array.isArray(data.value)) apply(data.value);
      if (data.maillage === "view" && Array.isArray(data.value) && data.value.every(Number.isFinite)) {
        map.fire("maillage:view", { view: data.value });
      }
      if (data.maillage === "select") M.outline(map, "selected", data.code, { ink: 3.2, casing: 7 });
    });
    apply(shown);
    tell({ maillage: "ready" });
  };
})();
