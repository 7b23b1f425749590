/* Map of a measure: classes of the method chosen in the legend, poles, and what is pointed at or chosen, both ways. */
(() => {
  "use strict";
  const M = window.Maillage;
  const STATUS = { z: "zero", n: "blank", s: "secret" };

  const tell = (message) => {
    if (window.parent !== window) window.parent.postMessage(message, window.location.origin);
  };

  /* Class and status of each unit, from one letter a unit in the order of the ground. */
  function spread(codes, letters, filled) {
    const classes = {};
    const statuses = {};
    codes.forEach((code, i) => {
      const letter = letters[i];
      if (STATUS[letter]) {
        if (filled || letter !== "z") statuses[code] = STATUS[letter];
      } else if (filled) classes[code] = Number(letter);
    });
    return { classes, statuses };
  }

  M.measured = (map, id) => {
    const { level, signs, method, palette, filled } = M.read(id);
    const state = M.stateOf(map);
    const { ground } = state;
    const codes = level === "commune" ? ground.topology.objects.communes.geometries.map((one) => one.id)
      : ground.levels[level].codes;
    const data = { level, palette, ...spread(codes, signs[method], filled) };
    M.fill(map, data);
    edgeZeros(map, data);
    const choice = document.querySelector("[data-classes]");
    choice?.addEventListener("change", () => {
      Object.assign(data, spread(codes, signs[choice.value], filled));
      document.querySelectorAll("[data-method]").forEach((one) => {
        one.hidden = one.dataset.method !== choice.value;
      });
      M.repaint(map);
      tell({ maillage: "classes", value: choice.value });
    });
    follow(map);
    listSigns(map);
  };

  /* White units keep a grey edge: beside one another they would be one blank. */
  function edgeZeros(map, data) {
    M.paint(map, null, (group) => {
      const style = { color: M.token("line2"), weight: 0.8, opacity: 1, fill: false };
      M.units(map, data.level).forEach(({ code, shape }) => {
        if (data.statuses[code] !== "zero") return;
        L.geoJSON(shape, { ...M.on(map, "zeros", 421), style }).addTo(group);
      });
    });
  }

  /* What the page points at is outlined here; what is pointed at here is told to the page. */
  function follow(map) {
    const state = M.stateOf(map);
    let told = null;
    const point = (code) => {
      if (told === code) return;
      told = code;
      tell({ maillage: "hover", code });
    };
    map.on("maillage:enter", ({ code }) => point(code));
    map.on("maillage:leave", () => point(null));
    window.addEventListener("message", ({ origin, source, data }) => {
      if (source !== window.parent || origin !== window.location.origin || !data) return;
      if (data.maillage === "hover") M.outline(map, "hover", data.code, { ink: 2.6 });
      if (data.maillage !== "select") return;
      // A territory that is no unit of this level is the union of its communes.
      if (data.code && Array.isArray(data.communes) && !state.shapes.has(data.code)) {
        state.shapes.set(data.code, M.union(map, data.communes.map(String)));
      }
      if (Array.isArray(data.fit) && data.fit.length) come(map, data.fit.map(String));
      name(map, data.code, data.name);
    });
  }

  /* Show some communes whole, beside the legend. */
  function come(map, communes) {
    const bounds = L.geoJSON(M.union(map, communes)).getBounds();
    if (!bounds.isValid()) return;
    const legend = document.querySelector(".legend").getBoundingClientRect();
    const beside = legend.top < map.getContainer().getBoundingClientRect().bottom - 1;
    const left = beside ? legend.right + 16 : 16;
    map.fitBounds(bounds, { paddingTopLeft: [left, 40], paddingBottomRight: [16, 16], maxZoom: 12, animate: false });
    // The first fit on the region comes after the typeface: this view has been chosen, it stays.
    const { lat, lng } = map.getCenter();
    map.fire("maillage:view", { view: [lat, lng, map.getZoom()] });
  }

  /* Name of what is chosen, above it; the map comes to it when it is out of sight. */
  function name(map, code, text) {
    const state = M.stateOf(map);
    state.chosenTag?.remove();
    state.chosenTag = null;
    const shape = code && state.shapes.get(code);
    if (!shape || !text) return;
    const bounds = L.geoJSON(shape).getBounds();
    if (!bounds.isValid()) return;
    if (!map.getBounds().contains(bounds)) map.panTo(bounds.getCenter(), { animate: false });
    const label = document.createElement("span");
    label.textContent = text;
    const icon = L.divIcon({ className: "chosen-tag", html: label, iconSize: null });
    const at = [bounds.getNorth(), bounds.getCenter().lng];
    state.chosenTag = L.marker(at, { icon, keyboard: false, interactive: false, zIndexOffset: 900 }).addTo(map);
  }

  /* The legend lists the optional signs that are drawn, no others. */
  function listSigns(map) {
    map.on("maillage:signs", () => {
      document.querySelectorAll("[data-sign-row]").forEach((row) => {
        row.hidden = !M.isShown(map, row.dataset.signRow);
      });
    });
  }

  M.poles = (map, id) => {
    const data = M.read(id);
    M.paint(map, data.sign, (group, near) => {
      data.poles.forEach((pole) => {
        const holder = document.createElement("div");
        holder.className = "pole";
        holder.append(document.createElement("i"));
        if (near) {
          const text = document.createElement("b");
          text.textContent = pole.name;
          holder.append(text);
        }
        const icon = L.divIcon({ className: "place-anchor", html: holder, iconSize: [0, 0] });
        L.marker(pole.at, { icon, keyboard: false, interactive: false }).addTo(group);
      });
    });
  };
})();
