/* Footprint of a selection: EPCI reached in a soft colour, circles in proportion to the number of actions. */
(() => {
  "use strict";
  const M = window.Maillage;
  const SOFT = 0.26;

  M.footprint = (map, id) => {
    const data = M.read(id);
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", data.label);
    // The page around has a main part too: this one needs a name.
    document.querySelector("main").setAttribute("aria-label", "Petite carte");
    const reached = M.union(map, data.circles.map(({ code }) => code));
    const borders = M.borders(map, "commune");
    M.paint(map, null, (group) => {
      const style = { stroke: false, fillColor: M.token(data.token), fillOpacity: SOFT };
      L.geoJSON(reached, { ...M.on(map, "reached", 405), style }).addTo(group);
      const line = { color: M.token("line2"), weight: 0.5, opacity: 0.9, fill: false };
      L.geoJSON(borders, { ...M.on(map, "edges", 420), style: line }).addTo(group);
      const place = M.on(map, "circles", 440);
      data.circles.forEach(({ at, value }) => {
        const radius = Math.max(3, data.radius * Math.sqrt(value / data.largest)) * M.rem();
        const ring = { color: M.token("casing"), weight: 1.2, fillColor: M.token(data.token), fillOpacity: 1 };
        L.circleMarker(at, { ...place, radius, ...ring }).addTo(group);
      });
    });
    const fit = () => map.fitBounds(data.bounds, { padding: [4, 4], animate: false });
    map.on("resize", fit);
    fit();
    document.fonts.ready.then(() => {
      map.invalidateSize({ animate: false });
      fit();
      map.fire("maillage:ready");
      document.documentElement.dataset.ready = "oui";
    });
  };
})();
