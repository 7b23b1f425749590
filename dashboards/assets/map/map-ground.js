/* Ground of a map: tokens, textures, territories by level, groups of signs that can be shown or hidden.
   Colours are custom properties (dashboards/theme.py); names arrive as JSON and leave as text nodes. */
window.Maillage = (() => {
  "use strict";

  const NEAR_ZOOM = 10;
  const states = new WeakMap();

  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const token = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

  function stateOf(map) {
    if (!states.has(map)) {
      states.set(map, { paints: [], hidden: new Set(), renderers: {}, units: {}, waiting: false });
    }
    return states.get(map);
  }

  /* A pane with its own canvas: signs keep their order whatever is redrawn. */
  function on(map, name, z, interactive = false) {
    const state = stateOf(map);
    if (!state.renderers[name]) {
      const pane = map.createPane(name);
      pane.style.zIndex = z;
      if (!interactive) pane.style.pointerEvents = "none";
      state.renderers[name] = L.canvas({ pane: name, padding: 0.4 });
    }
    return { pane: name, renderer: state.renderers[name], interactive };
  }

  /* Draw once, when the scripts of the page have all said what they want, and again when tokens or zoom change. */
  function paint(map, sign, draw) {
    const state = stateOf(map);
    state.paints.push({ sign, group: L.layerGroup(), draw });
    if (!state.waiting) {
      state.waiting = true;
      queueMicrotask(() => repaint(map));
    }
  }

  function refresh(map, entry) {
    entry.group.clearLayers();
    entry.draw(entry.group, map.getZoom() >= NEAR_ZOOM);
    const hidden = entry.sign && stateOf(map).hidden.has(entry.sign);
    if (hidden) entry.group.remove();
    else entry.group.addTo(map);
  }

  function repaint(map) {
    const state = stateOf(map);
    state.waiting = false;
    state.paints.forEach((entry) => refresh(map, entry));
  }

  /* Keep only these optional signs. */
  function show(map, signs) {
    const state = stateOf(map);
    const every = new Set(state.paints.map((entry) => entry.sign).filter(Boolean));
    state.hidden = new Set([...every].filter((sign) => !signs.includes(sign)));
    if (!state.waiting) repaint(map);
    map.fire("maillage:signs");
  }

  const isShown = (map, sign) => !stateOf(map).hidden.has(sign);

  function tile(size, draw) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size;
    const context = canvas.getContext("2d");
    draw(context, size);
    return context.createPattern(canvas, "repeat");
  }

  function diagonal(context, size, shift) {
    context.beginPath();
    for (let k = -size; k <= 2 * size; k += size) {
      context.moveTo(k + shift, size);
      context.lineTo(k + size + shift, 0);
    }
    context.stroke();
  }

  /* Textures: value unknown (lines), secret (dots), ZRR (two strokes), crossing (plus signs). */
  const textures = {
    blank: () =>
      tile(5, (c, s) => {
        c.fillStyle = token("blank");
        c.fillRect(0, 0, s, s);
        c.fillStyle = token("blank-line");
        c.fillRect(0, 2, s, 1);
      }),
    secret: () =>
      tile(5, (c, s) => {
        c.fillStyle = token("blank");
        c.fillRect(0, 0, s, s);
        c.fillStyle = token("ink");
        c.beginPath();
        c.arc(2.5, 2.5, 0.9, 0, 7);
        c.fill();
      }),
    hatch: () =>
      tile(8, (c, s) => {
        c.lineWidth = 1;
        c.globalAlpha = 0.5;
        c.strokeStyle = token("hatch-white");
        diagonal(c, s, 1.4);
        c.globalAlpha = 0.6;
        c.strokeStyle = token("hatch-ink");
        diagonal(c, s, 0);
      }),
    crossing: () =>
      tile(14, (c) => {
        for (const [width, colour, opacity] of [[3.2, token("casing"), 1], [1.2, token("ink"), 0.7]]) {
          c.lineWidth = width;
          c.globalAlpha = opacity;
          c.strokeStyle = colour;
          c.beginPath();
          c.moveTo(7, 4.5);
          c.lineTo(7, 9.5);
          c.moveTo(4.5, 7);
          c.lineTo(9.5, 7);
          c.stroke();
        }
      }),
  };
  const texture = (name) => textures[name]();

  /* Numbers of a line: groups of five bits, lowest first, sign in the last bit (see maps/ground.py). */
  function decoded(text) {
    const points = [];
    let number = 0;
    let shift = 0;
    let x = null;
    for (let k = 0; k < text.length; k += 1) {
      const group = text.charCodeAt(k) - 63;
      number |= (group & 31) << shift;
      shift += 5;
      if (group < 32) {
        const step = number & 1 ? ~(number >> 1) : number >> 1;
        if (x === null) x = step;
        else {
          points.push([x, step]);
          x = null;
        }
        number = shift = 0;
      }
    }
    return points;
  }

  /* TopoJSON from the form that travels. */
  function unfolded({ transform, codes, polygons, arcs }) {
    const geometries = codes.map((id, i) => ({ type: "MultiPolygon", id, arcs: polygons[i] }));
    const communes = { type: "GeometryCollection", geometries };
    return { type: "Topology", transform, objects: { communes }, arcs: arcs.map(decoded) };
  }

  /* Territories: one topology of communes, every other level is made of them. */
  function ground(map, id) {
    const state = stateOf(map);
    const { topology, levels } = read(id);
    state.ground = { topology: unfolded(topology), levels };
    const geometries = state.ground.topology.objects.communes.geometries;
    state.communes = new Map(geometries.map((geometry, i) => [geometry.id, { geometry, i }]));
  }

  function codesAt(map, level) {
    const { ground: data } = stateOf(map);
    const own = data.topology.objects.communes.geometries;
    if (level === "commune") return own.map((geometry) => geometry.id);
    const { codes, of } = data.levels[level];
    return own.map((_, i) => (of[i] === null ? null : codes[of[i]]));
  }

  /* Return [{code, shape}] of a level; shapes are merged once and kept. */
  function units(map, level) {
    const state = stateOf(map);
    if (!state.units[level]) {
      const { topology } = state.ground;
      const groups = new Map();
      codesAt(map, level).forEach((code, i) => {
        if (code === null) return;
        if (!groups.has(code)) groups.set(code, []);
        groups.get(code).push(topology.objects.communes.geometries[i]);
      });
      state.units[level] = [...groups].map(([code, parts]) => ({
        code,
        shape: level === "commune" ? topojson.feature(topology, parts[0]) : topojson.merge(topology, parts),
      }));
    }
    return state.units[level];
  }

  /* Return the union of communes given by code; codes without a contour are left out. */
  function union(map, codes) {
    const state = stateOf(map);
    const parts = codes.map((code) => state.communes.get(code)).filter(Boolean);
    return topojson.merge(state.ground.topology, parts.map((part) => part.geometry));
  }

  /* Return the lines between the units of a level, outside edge included. */
  function borders(map, level) {
    const { ground: data } = stateOf(map);
    const at = new Map();
    codesAt(map, level).forEach((code, i) => at.set(data.topology.objects.communes.geometries[i], code));
    return topojson.mesh(
      data.topology,
      data.topology.objects.communes,
      (a, b) => a === b || at.get(a) !== at.get(b),
    );
  }

  return {
    NEAR_ZOOM, read, token, rem, stateOf, on, paint, repaint, show, isShown, texture, ground, codesAt, units, union,
    borders,
  };
})();
