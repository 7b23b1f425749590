/* Names of places: a dot and a haloed text, placed again after each move so that none covers another. */
(() => {
  "use strict";
  const M = window.Maillage;

  const ink = document.createElement("canvas").getContext("2d");
  const touches = (a, b) => a.x0 < b.x1 && a.x1 > b.x0 && a.y0 < b.y1 && a.y1 > b.y0;
  const around = (x, y, half) => ({ x0: x - half, x1: x + half, y0: y - half, y1: y + half });

  function sizeOf(rank) {
    const px = { 1: 15, 2: 13.5, 3: 12.5 }[rank] * M.rem();
    ink.font = `${rank === 1 ? 700 : 600} ${px}px "Source Sans 3"`;
    return (text) => ({ width: ink.measureText(text).width + 4, height: px * 1.2 });
  }

  /* Four places around the dot: right, left, above, below. */
  function* candidates({ x, y }, { width, height }) {
    const gap = 7;
    yield { x: x + gap, y: y - height / 2 };
    yield { x: x - gap - width, y: y - height / 2 };
    yield { x: x - width / 2, y: y - gap - height };
    yield { x: x - width / 2, y: y + gap };
  }

  function obstaclesOf(map) {
    const frame = map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll("[data-obstacle], .leaflet-control, .name-tag span")].map((element) => {
      const box = element.getBoundingClientRect();
      return {
        x0: box.left - frame.left, x1: box.right - frame.left, y0: box.top - frame.top, y1: box.bottom - frame.top,
      };
    });
  }

  /* What names and tags must not cover or share: where they are told by `data-obstacle`, controls, tags. */
  Object.assign(M, { obstaclesOf, touches });

  function free(map, place, size, taken) {
    const { x: width, y: height } = map.getSize();
    for (const spot of candidates(place, size)) {
      const box = { x0: spot.x, x1: spot.x + size.width, y0: spot.y, y1: spot.y + size.height };
      const inside = box.x0 >= 2 && box.y0 >= 2 && box.x1 <= width - 2 && box.y1 <= height - 2;
      if (inside && !taken.some((other) => touches(box, other))) return box;
    }
    return null;
  }

  function marker(map, at, box, point, name, rank) {
    const holder = document.createElement("div");
    holder.className = `place place-${rank}`;
    const dot = document.createElement("i");
    const text = document.createElement("b");
    text.textContent = name;
    text.style.left = `${box.x0 - point.x + 2}px`;
    text.style.top = `${box.y0 - point.y}px`;
    holder.append(dot, text);
    const icon = L.divIcon({ className: "place-anchor", html: holder, iconSize: [0, 0] });
    return L.marker(at, { icon, keyboard: false, interactive: false });
  }

  M.names = (map, id) => {
    const { places } = M.read(id);
    const group = L.layerGroup().addTo(map);
    const place = () => {
      group.clearLayers();
      const taken = obstaclesOf(map);
      const zoom = map.getZoom();
      const size = map.getSize();
      places.filter((item) => zoom >= item.zoom).forEach(({ name, at, rank }) => {
        const point = map.latLngToContainerPoint(at);
        if (point.x < 0 || point.y < 0 || point.x > size.x || point.y > size.y) return;
        const dot = around(point.x, point.y, 4);
        const box = free(map, point, sizeOf(rank)(name), taken);
        if (!box || taken.some((other) => touches(dot, other))) return;
        taken.push(box, dot);
        marker(map, at, box, point, name, rank).addTo(group);
      });
    };
    map.on("moveend resize maillage:ready maillage:signs", place);
    document.fonts.ready.then(place);
  };
})();
