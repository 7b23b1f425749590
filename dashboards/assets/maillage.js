/* What the pages do in the browser: address, scheme, signs of the map, keys. No colour, no text of data here. */
window.dash_clientside = window.dash_clientside || {};
(() => {
  "use strict";
  const KEY = "mantine-color-scheme-value";
  const root = document.documentElement;
  const scheme = () => (root.dataset.mantineColorScheme === "dark" ? "dark" : "light");
  const saved = localStorage.getItem(KEY);
  const wanted = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  root.dataset.mantineColorScheme = saved === "dark" || saved === "light" ? saved : wanted;

  const frames = () => [...document.querySelectorAll("iframe")];
  const send = (message) =>
    frames().forEach((frame) => frame.contentWindow.postMessage(message, window.location.origin));
  const shownSigns = () =>
    [...document.querySelectorAll(".settings .toggle")]
      .filter((button) => button.getAttribute("aria-pressed") === "true")
      .map((button) => JSON.parse(button.id).name);

  /* The address of the view: what is known of it stays, a null setting goes. */
  const numbersOf = (name) =>
    (new URLSearchParams(window.location.search).get(name) || "").split(",").map(Number).filter(Number.isFinite);
  function write(changes) {
    const search = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) search.delete(name);
      else search.set(name, value);
    }
    const text = search.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    const address = `${window.location.pathname}?${text}`;
    window.history.replaceState(window.history.state, "", address);
    return address;
  }

  /* A network opens where its address says, and writes where it is moved to. */
  function followNetwork(network) {
    const view = numbersOf("reseau");
    if (view.length === 3) network.viewport({ zoom: view[0], pan: { x: view[1], y: view[2] } });
    let waiting;
    network.on("scrollzoom dragpan pinchzoom", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        const { x, y } = network.pan();
        write({ reseau: [network.zoom().toFixed(3), x.toFixed(0), y.toFixed(0)].join(",") });
      }, 250);
    });
  }

  // A map that has just drawn itself asks for the state of the page around it.
  window.addEventListener("message", ({ origin, source, data }) => {
    const ours = frames().some((frame) => frame.contentWindow === source);
    if (!ours || origin !== window.location.origin || !data) return;
    if (data.maillage === "ready") {
      send({ maillage: "scheme", value: scheme() });
      send({ maillage: "signs", value: shownSigns() });
      const view = numbersOf("carte");
      if (view.length === 3) send({ maillage: "view", value: view });
      const code = document.getElementById("side")?.dataset.territory;
      if (code) send({ maillage: "select", code });
    }
    if (data.maillage === "moved") write({ carte: data.view.join(",") });
    if (data.maillage === "choose") {
      send({ maillage: "select", code: data.code });
      window.dash_clientside.set_props("chosen", { data: { code: String(data.code), at: Date.now() } });
    }
  });

  // The drawing component passes its default as if a page had chosen it, and the library under it warns.
  delete window.dash_cytoscape?.Cytoscape?.defaultProps?.wheelSensitivity;

  // Names drawn before the typeface is there keep the widths of another one.
  const redrawNetworks = () =>
    document.querySelectorAll(".network > div").forEach((holder) => holder._cyreg?.cy?.style().update());
  document.fonts.load('600 13px "Source Sans 3"').then(redrawNetworks);

  Object.assign((window.dash_clientside.maillage = window.dash_clientside.maillage || {}), {
    switchScheme(clicks) {
      if (clicks) {
        root.dataset.mantineColorScheme = scheme() === "dark" ? "light" : "dark";
        localStorage.setItem(KEY, scheme());
        send({ maillage: "scheme", value: scheme() });
      }
      return scheme();
    },

    styleNetwork(value, styles) {
      return styles[value || scheme()];
    },

    /* Name of the node under the pointer: not every name finds a place on the drawing. */
    nameNode(data) {
      if (!data) return window.dash_clientside.no_update;
      return data.kind === "action" ? `${data.label} ${data.title}` : data.title;
    },

    showView(value) {
      requestAnimationFrame(() =>
        document.querySelectorAll(".network > div").forEach((holder) => {
          const network = holder._cyreg?.cy;
          if (!network) return;
          // A network first drawn while hidden has never been fitted.
          const unseen = network.width() === 0 || !holder.dataset.seen;
          network.resize();
          if (value === "reseau") {
            if (unseen) network.fit(undefined, 6);
            if (!holder.dataset.seen) followNetwork(network);
            holder.dataset.seen = "oui";
          }
        }),
      );
      return `side-panel view-${value}`;
    },

    pressSign(clicks, pressed, ids) {
      const { triggered_id: id } = window.dash_clientside.callback_context;
      const next = pressed.map((value, i) =>
        id && clicks[i] && ids[i].name === id.name ? String(value !== "true") : value,
      );
      send({ maillage: "signs", value: ids.filter((_, i) => next[i] === "true").map(({ name }) => name) });
      return next;
    },

    writeAddress(year, view, pressed, selected, ids) {
      const signs = ids.filter((_, i) => pressed[i] === "true").map(({ name }) => name);
      return write({ an: year, couches: signs.join(","), vue: view, sel: selected || null });
    },

    async share(clicks) {
      if (!clicks) return "";
      try {
        await navigator.clipboard.writeText(window.location.href);
        return "Lien copié. Il rouvre exactement cette vue.";
      } catch {
        return "Copie refusée par le navigateur : le lien est dans la barre d’adresse.";
      }
    },
  });

})();
