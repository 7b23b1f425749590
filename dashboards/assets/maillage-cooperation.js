/* « Coopérations » in the browser: choices gathered in one state, tools, keys, view of the drawing, address. */
window.dash_clientside = window.dash_clientside || {};
(() => {
  "use strict";
  const by = (id) => document.getElementById(id);
  const page = () => by("coop");
  const set = (id, props) => window.dash_clientside.set_props(id, props);
  const here = () => {
    const holder = document.querySelector(".coop-network > div");
    return holder?._cyreg?.cy;
  };
  const SELECTION = { sel: "", ego: "", de: "", vers: "", outil: "" };
  const FILTERS = ["axe", "monde", "famille", "terr"];
  let state = {};
  let years = [];

  const earlier = (year) => years[years.indexOf(year) - 1] || years[0];
  const act = (changes) => set("coop-acted", { data: { ...changes, at: Date.now() } });

  /* A click on a node: what it means depends on the tool in hand. */
  function tapped(target) {
    const actor = target.startsWith("Organisation:");
    if (state.outil === "chemin") {
      if (!actor) return;
      act(state.de && state.de !== target ? { vers: target } : { de: target, vers: "" });
    } else if (actor && (state.outil === "voisinage" || state.ego)) {
      act({ ...SELECTION, ego: target });
    } else {
      act({ ...SELECTION, terr: "", sel: target === state.sel ? "" : target });
    }
  }

  /* The same ground is shown whatever is drawn: an actor keeps its place on the screen from year to year. */
  function fit(network) {
    const [x0, y0, x1, y1] = JSON.parse(document.querySelector(".coop-network").dataset.view);
    const [width, height] = [network.width(), network.height()];
    const zoom = Math.min(width / (x1 - x0), height / (y1 - y0));
    const pan = { x: (width - zoom * (x0 + x1)) / 2, y: (height - zoom * (y0 + y1)) / 2 };
    network.viewport({ zoom, pan });
    network.scratch("moved", false);
  }

  function zoomBy(network, factor) {
    const center = { x: network.width() / 2, y: network.height() / 2 };
    network.zoom({ level: network.zoom() * factor, renderedPosition: center });
    network.scratch("moved", true);
  }

  /* Full name of the node under the pointer: not every name finds a place. */
  function hint(network) {
    const said = document.querySelector(".coop-hint");
    network.on("mouseover", "node", ({ target }) => {
      const { x, y } = target.renderedPosition();
      said.textContent = target.data("title");
      said.hidden = false;
      const left = Math.min(x + 14, network.width() - said.offsetWidth - 8);
      const top = Math.min(y + 14, network.height() - said.offsetHeight - 8);
      said.style.transform = `translate(${Math.max(8, left)}px, ${Math.max(8, top)}px)`;
      network.container().style.cursor = target.data("target") ? "pointer" : "";
    });
    network.on("mouseout", "node", () => {
      said.hidden = true;
      network.container().style.cursor = "";
    });
  }

  function attach(network) {
    if (network.scratch("ours")) return;
    network.scratch("ours", true);
    network.on("tap", "node", ({ target }) => target.data("target") && tapped(target.data("target")));
    network.on("tap", ({ target }) => {
      if (target === network && (state.sel || state.ego || state.terr)) act({ ...SELECTION, terr: "" });
    });
    network.on("scrollzoom dragpan pinchzoom", () => network.scratch("moved", true));
    hint(network);
    fit(network);
    new ResizeObserver(() => {
      if (!network.container()?.isConnected || !network.container().clientWidth) return;
      network.resize();
      if (!network.scratch("moved")) fit(network);
    }).observe(network.container());
    document.querySelector(".coop-network").dataset.ready = "oui";
  }

  const TOOLS = {
    plus: (network) => zoomBy(network, 1.3),
    minus: (network) => zoomBy(network, 1 / 1.3),
    fit,
    ego() {
      const actor = state.sel.startsWith("Organisation:") ? state.sel : "";
      if (state.ego) act({ ego: "", outil: "", sel: state.ego });
      else if (actor) act({ ...SELECTION, ego: actor });
      else act({ ...SELECTION, terr: "", outil: state.outil === "voisinage" ? "" : "voisinage" });
    },
    path() {
      const start = [state.ego, state.sel].find((one) => one?.startsWith("Organisation:")) || "";
      if (state.outil === "chemin" || state.de) act({ ...SELECTION, sel: state.de });
      else act({ ...SELECTION, terr: "", outil: "chemin", de: start });
    },
  };

  let playing;
  function play() {
    const button = by("coop-play");
    if (playing) {
      window.clearInterval(playing);
      playing = undefined;
      button.removeAttribute("aria-pressed");
      return;
    }
    button.setAttribute("aria-pressed", "true");
    let at = years.indexOf(state.an);
    if (at === years.length - 1) at = -1;
    const step = () => {
      at += 1;
      if (!page() || at >= years.length) return by("coop-play") ? playing && play() : undefined;
      set("coop-slider", { value: at });
    };
    playing = window.setInterval(step, 1000);
    step();
  }

  document.addEventListener("click", (event) => {
    if (!page()) return;
    const button = event.target.closest("button");
    const link = event.target.closest("a[href*='/cooperations/reseau.'], a[href*='/cooperations/figure-']");
    // A file is that of the present view: it takes the settings of the address.
    if (link) link.href = `${link.pathname}${window.location.search}`;
    if (!button) return;
    if (button.dataset.act) act(JSON.parse(button.dataset.act));
    if (button.dataset.tool && here()) TOOLS[button.dataset.tool](here());
    if (button.id === "coop-play") play();
    if (button.id === "coop-swap") act({ vue: state.vue === "tableau" ? "reseau" : "tableau" });
  }, true);

  // Letters act outside fields only, and can be turned off; see the frame.
  document.addEventListener("keydown", (event) => {
    if (!page() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input:not([type=radio]), textarea, select, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key === "escape") {
      if (state.sel || state.ego || state.de || state.outil || state.terr) act({ ...SELECTION, terr: "" });
      return;
    }
    if (localStorage.getItem("maillage-raccourcis") === "non") return;
    if (key === "t") by("coop-swap").click();
    if (key === "v") TOOLS.ego();
    if (key === "c") TOOLS.path();
  });

  // A territory chosen on the small map rings its actors.
  window.addEventListener("message", ({ origin, source, data }) => {
    const frame = document.querySelector("iframe.footprint");
    if (origin !== window.location.origin || !frame || source !== frame.contentWindow) return;
    if (data?.maillage === "choose") act({ ...SELECTION, terr: String(data.code) });
  });

  const plain = (value) => (value === "tous" || value === null || value === undefined ? "" : value);

  /* What a control says, as changes of the state. */
  const CONTROLS = {
    "coop-dessin.value": (value) => ({ dessin: value }),
    "coop-an.value": (value) =>
      value === state.an ? {} : { an: value, change: state.change ? `${earlier(value)}-${value}` : "" },
    "coop-axe.value": (value) => ({ axe: plain(value) }),
    "coop-monde.value": (value) => ({ monde: plain(value) }),
    "coop-famille.value": (value) => ({ famille: plain(value) }),
    "coop-terr.value": (value) =>
      plain(value) === state.terr ? {} : { terr: plain(value), ...(plain(value) ? SELECTION : {}) },
    "coop-couleur.value": (value) => ({ couleur: value }),
    "coop-mode.value": (value) => {
      if (value !== "change") return { change: "" };
      const an = state.an === years[0] && years.length > 1 ? years[1] : state.an;
      return state.change ? {} : { change: `${earlier(an)}-${an}`, an };
    },
    "coop-slider.value": (value) => {
      const an = years[value];
      return an === state.an ? {} : { an, change: state.change ? `${earlier(an)}-${an}` : "" };
    },
    "coop-table.selectedRows": (rows) => (rows?.length ? { ...SELECTION, terr: "", sel: rows[0].key } : {}),
    "coop-acted.data": ({ at, ...changes } = {}) => changes,
  };

  function changesOf({ prop_id: id, value }) {
    if (CONTROLS[id]) return CONTROLS[id](value);
    if (!id.startsWith("{") || !value) return {};
    const { name } = JSON.parse(id.slice(0, id.lastIndexOf(".")));
    return name === "ego" ? { ...SELECTION, ego: value } : { [name]: value };
  }

  /* Controls follow the state: « L’enlever », the slider and the year say the same thing. */
  function follow(next) {
    FILTERS.forEach((name) => set(`coop-${name}`, { value: next[name] || "tous" }));
    set("coop-an", { value: next.an });
    set("coop-slider", { value: years.indexOf(next.an) });
    set("coop-mode", { value: next.change ? "change" : "reseau" });
  }

  Object.assign((window.dash_clientside.maillage = window.dash_clientside.maillage || {}), {
    coopChoose(...values) {
      [state, years] = values.slice(-2);
      const { triggered } = window.dash_clientside.callback_context;
      const changes = Object.assign({}, ...triggered.map(changesOf));
      const next = { ...state, ...changes };
      if (next.change && changes.change) next.an = next.change.split("-")[1];
      if (Object.keys(next).every((name) => next[name] === state[name])) return window.dash_clientside.no_update;
      state = next;
      follow(next);
      return next;
    },

    coopWrite(said) {
      const text = new URLSearchParams(said).toString().replaceAll("%3A", ":");
      window.history.replaceState(window.history.state, "", `${window.location.pathname}?${text}`);
      const table = said.vue === "tableau";
      by("coop-swap").textContent = table ? "Voir le dessin (T)" : "Voir en tableau (T)";
      return text;
    },

    coopDrawn() {
      const wait = (tries) => {
        const network = here();
        if (network && network.width()) attach(network);
        else if (tries) window.setTimeout(wait, 50, tries - 1);
      };
      wait(100);
      return Date.now();
    },

    coopKnow(data, known) {
      state = data || {};
      years = known || [];
      return window.dash_clientside.no_update;
    },
  });
})();
