/* Signs of a map, far (zoom < 10) and near: classes, circles, zonings, perimeters, crossings, neighbourhoods. */
(() => {
  "use strict";
  const M = window.Maillage;
  const { on, paint, read, token } = M;

  const lines = (shape, style) => L.geoJSON(shape, { ...style, style: { ...style, fill: false } });

  /* Colour of a unit: its class, or what stands in its place. */
  function fillOf(data, code) {
    const status = data.statuses[code];
    if (status === "blank" || status === "secret") return M.texture(status);
    const rank = data.classes[code];
    return rank === undefined ? token("land") : token(`${data.palette}-${rank + 1}`);
  }

  M.surface = (map, id) => M.fill(map, read(id));

  /* Units of a level in the classes and statuses of `data`, read again each time they are drawn. */
  M.fill = (map, data) => {
    const state = M.stateOf(map);
    state.level = data.level;
    state.shapes = new Map();
    paint(map, null, (group) => {
      const place = on(map, "surface", 400, true);
      const textures = { blank: M.texture("blank"), secret: M.texture("secret") };
      M.units(map, data.level).forEach(({ code, shape }) => {
        const status = data.statuses[code];
        const style = {
          stroke: false, fillOpacity: 1, fillColor: textures[status] || fillOf(data, code),
        };
        const layer = L.geoJSON(shape, { ...place, style, bubblingMouseEvents: true });
        layer.on({
          mouseover: (event) => map.fire("maillage:enter", { code, point: event.containerPoint }),
          mousemove: (event) => map.fire("maillage:enter", { code, point: event.containerPoint }),
          mouseout: () => map.fire("maillage:leave", { code }),
          click: () => map.fire("maillage:choose", { code, level: data.level }),
        });
        state.shapes.set(code, shape);
        layer.addTo(group);
      });
    });
    markZeros(map, data);
  };

  /* A small « 0 » on each unit of value zero that has room for it: white alone could be taken for paper. */
  function markZeros(map, data) {
    const zeros = M.units(map, data.level).filter(({ code }) => data.statuses[code] === "zero");
    if (!zeros.length) return;
    const group = L.layerGroup().addTo(map);
    const place = () => {
      group.clearLayers();
      zeros.forEach(({ shape }) => {
        const bounds = L.geoJSON(shape).getBounds();
        const size = map.project(bounds.getSouthEast()).subtract(map.project(bounds.getNorthWest()));
        if (size.x < 26 || size.y < 20) return;
        const icon = L.divIcon({ className: "zero-sign", html: "0", iconSize: [16, 16] });
        L.marker(bounds.getCenter(), { icon, keyboard: false, interactive: false }).addTo(group);
      });
    };
    map.on("zoomend maillage:ready", place);
  }

  M.edges = (map, id) => {
    const data = read(id);
    const drawn = {};
    const mesh = (level) => (drawn[level] ??= M.borders(map, level));
    paint(map, null, (group, near) => {
      const place = on(map, "edges", 420);
      data.levels.forEach(({ level, always }) => {
        if (!always && !near) return;
        const style = {
          commune: { color: token("line2"), weight: near ? 0.6 : 0.35, opacity: 0.8 },
          epci: { color: token(data.filled ? "casing" : "line2"), weight: 0.8, opacity: 1 },
          departement: { color: token("ink"), weight: 1.1, opacity: 0.55 },
        }[level];
        lines(mesh(level), { ...place, ...style }).addTo(group);
      });
    });
  };

  M.hatch = (map, id) => {
    const data = read(id);
    const shape = M.union(map, data.communes);
    paint(map, data.sign, (group) => {
      const style = { stroke: false, fillColor: M.texture("hatch"), fillOpacity: 1 };
      L.geoJSON(shape, { ...on(map, "zonings", 410), style }).addTo(group);
    });
  };

  M.perimeters = (map, id) => {
    const data = read(id);
    const shapes = data.perimeters.map((item) => ({
      ...item, shape: item.contour || M.union(map, item.communes),
    }));
    paint(map, data.sign, (group, near) => {
      const under = on(map, "casings", 430);
      const over = on(map, "perimeters", 431);
      shapes.forEach(({ shape }) =>
        lines(shape, { ...under, color: token("casing"), weight: 4, opacity: 1 }).addTo(group),
      );
      shapes.forEach(({ shape }) => {
        const dash = { color: token("ink"), weight: 1.9, dashArray: "7 4", opacity: 1 };
        lines(shape, { ...over, ...dash }).addTo(group);
      });
    });
    nameOutlines(map, data.sign, shapes);
  };

  /* A tag on the highest free point of each outline that is in view, placed again after each move; one that
     finds no room beside the others is left out. */
  function nameOutlines(map, sign, shapes) {
    const group = L.layerGroup().addTo(map);
    const place = () => {
      group.clearLayers();
      if (map.getZoom() < M.NEAR_ZOOM || !M.isShown(map, sign)) return;
      const view = map.getBounds().pad(-0.06);
      const taken = M.obstaclesOf(map);
      shapes.forEach(({ shape, name }) => {
        const seen = vertices(shape).filter(([x, y]) => view.contains([y, x]));
        seen.sort((one, other) => other[1] - one[1]);
        const step = Math.max(1, Math.floor(seen.length / TAG_TRIES));
        const size = tagSize(name);
        for (let rank = 0; rank < seen.length; rank += step) {
          const at = [seen[rank][1], seen[rank][0]];
          const box = centred(map.latLngToContainerPoint(at), size);
          if (taken.some((other) => M.touches(box, other))) continue;
          taken.push(box);
          tag(at, name).addTo(group);
          return;
        }
      });
    };
    map.on("moveend maillage:ready maillage:signs", place);
  }

  const TAG_TRIES = 60;
  const ruler = document.createElement("canvas").getContext("2d");

  /* Room of a tag, as its style sheet draws it. */
  function tagSize(name) {
    const rem = 16 * M.rem();
    ruler.font = `italic 600 ${0.84375 * rem}px "Source Sans 3"`;
    return { width: ruler.measureText(name).width + 1.2 * rem, height: 1.6 * rem };
  }

  const centred = ({ x, y }, { width, height }) => ({
    x0: x - width / 2, x1: x + width / 2, y0: y - height / 2, y1: y + height / 2,
  });

  function vertices(shape) {
    const rings = shape.type === "MultiPolygon" ? shape.coordinates.flat() : shape.coordinates;
    return rings.flat();
  }

  function tag(at, name) {
    const text = document.createElement("span");
    text.textContent = name;
    const icon = L.divIcon({ className: "name-tag", html: text, iconSize: null });
    return L.marker(at, { icon, keyboard: false, interactive: false });
  }

  M.crossings = (map, id) => {
    const data = read(id);
    const shape = M.union(map, data.communes);
    paint(map, data.sign, (group) => {
      const style = { stroke: false, fillColor: M.texture("crossing"), fillOpacity: 1 };
      L.geoJSON(shape, { ...on(map, "crossings", 428), style }).addTo(group);
    });
  };

  /* Area in proportion to the value, largest first; zero is an empty ring of its own size. */
  M.circles = (map, id) => {
    const data = read(id);
    paint(map, null, (group) => {
      const place = on(map, "circles", 440);
      const scale = M.rem();
      [...data.circles].sort((a, b) => b.value - a.value).forEach(({ at, value }) => {
        const zero = value === 0;
        L.circleMarker(at, {
          ...place,
          radius: zero ? data.zero_radius * scale : data.radius * scale * Math.sqrt(value / data.largest),
          color: zero ? token("mut") : token("ink"),
          weight: zero ? 1 : 1.2,
          fillColor: zero ? token("surface") : token("acc"),
          fillOpacity: zero ? 1 : 0.72,
        }).addTo(group);
      });
    });
  };

  M.neighbourhoods = (map, id) => {
    const data = read(id);
    paint(map, data.sign, (group, near) => {
      const under = on(map, "ringcasings", 450);
      const over = on(map, "rings", 451);
      data.places.forEach(({ at, contour }) => {
        if (near && contour) {
          lines(contour, { ...under, color: token("casing"), weight: 5, opacity: 1 }).addTo(group);
          const fill = { fill: true, fillColor: token("qpv"), fillOpacity: 0.16 };
          const style = { color: token("qpv"), weight: 2.4, opacity: 1, ...fill };
          L.geoJSON(contour, { ...over, style }).addTo(group);
          return;
        }
        const radius = 3.6 * M.rem();
        const ring = { radius, fill: false, opacity: 1 };
        L.circleMarker(at, { ...under, ...ring, color: token("casing"), weight: 4.2 }).addTo(group);
        L.circleMarker(at, { ...over, ...ring, color: token("qpv"), weight: 2 }).addTo(group);
      });
    });
  };

  /* Outline of one unit, above everything. */
  M.outline = (map, name, code, widths) => {
    const state = M.stateOf(map);
    state.outlines ??= {};
    state.outlines[name]?.remove();
    const shape = code && state.shapes ? state.shapes.get(code) : null;
    if (!shape) return;
    const group = L.layerGroup().addTo(map);
    if (widths.casing) {
      lines(shape, { ...on(map, "outlines", 460), color: token("casing"), weight: widths.casing }).addTo(group);
    }
    lines(shape, { ...on(map, "outlines", 460), color: token("ink"), weight: widths.ink }).addTo(group);
    state.outlines[name] = group;
  };
})();
