/* Names typed in the room: what they lead to, what they complete, and the card of the territory found. */
window.MeetingPlaces = (() => {
  "use strict";

  const { data } = window.Meeting;
  const MOST = 4;

  const folded = (text) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/œ/g, "oe").toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  const entries = [
    ...data.territories.map((one, rank) => ({ name: one.name, about: one.about, rank, order: 0 })),
    ...data.communes.map(([name, rank]) => ({ name, about: data.territories[rank].name, rank, order: 1 })),
  ].map((entry) => ({ ...entry, key: folded(entry.name) }));

  /* Names that begin with what is typed, then names with a word that does; territories before communes. */
  function find(text, most = MOST) {
    const asked = folded(text);
    if (!asked) return [];
    const ranked = [];
    for (const entry of entries) {
      let place = -1;
      if (entry.key === asked) place = 0;
      else if (entry.key.startsWith(asked)) place = 1;
      else if (` ${entry.key}`.includes(` ${asked}`)) place = 2;
      if (place >= 0) ranked.push([place, entry]);
    }
    ranked.sort((a, b) =>
      a[0] - b[0] || a[1].order - b[1].order || (a[1].order ? 0 : a[1].key.length - b[1].key.length));
    return ranked.slice(0, most).map(([, entry]) => entry);
  }

  /* The rest of the name under what is typed, when the name begins with it letter for letter, accents apart. */
  function rest(text, entry) {
    if (!entry || !text || folded(entry.name.slice(0, text.length)) !== folded(text)) return "";
    return entry.name.slice(text.length);
  }

  function ghost(field, text, completion) {
    const under = field.parentElement.querySelector(".ghost");
    under.querySelector("i").textContent = text;
    under.querySelector("b").textContent = completion;
  }

  function element(tag, text, layout) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (layout) made.className = layout;
    return made;
  }

  function card(territory) {
    const made = element("div", "", "card");
    made.append(element("h2", territory.name));
    territory.rows.forEach(([figure, words]) => {
      const row = document.createElement("p");
      const large = element("strong", figure);
      if (figure.length > 9) large.className = "long";
      row.append(large, element("span", words));
      made.append(row);
    });
    return made;
  }

  /* Show territories on the screen of territories: cards, orange outline, tag. */
  function show(territories) {
    const screen = document.querySelector(".screen-territoire");
    const cards = screen.querySelector(".cards");
    cards.replaceChildren(...territories.map(card));
    cards.classList.toggle("compared", territories.length > 1);
    [0, 1].forEach((rank) => {
      screen.querySelectorAll(`.chosen-${rank}`).forEach((use) => {
        const one = territories[rank];
        if (one && one.at) use.setAttribute("href", `#t-${one.code}`);
        else use.removeAttribute("href");
      });
    });
    const tags = [...screen.querySelectorAll(".tag")];
    tags.forEach((tag, rank) => stand(screen, tag, territories[rank], rank));
    /* A name under a tag would read through it. */
    screen.querySelectorAll(".town").forEach((town) => {
      town.hidden = tags.some((tag) => !tag.hidden && overlaps(town, tag));
    });
  }

  /* A tag stands on the top of its territory, so as to hide none of it. */
  function stand(screen, tag, territory, rank) {
    tag.hidden = !territory || !territory.at;
    if (tag.hidden) return;
    tag.textContent = territory.name;
    const drawn = screen.querySelector(`.ring.chosen-${rank}`).getBBox();
    const height = screen.querySelector(".map svg").viewBox.baseVal.height;
    tag.style.left = `${100 * Math.min(0.72, Math.max(0.28, territory.at[0]))}%`;
    tag.style.top = `${100 * Math.max(0.12, drawn.y / height)}%`;
  }

  function overlaps(one, other) {
    one.hidden = false;
    const a = one.getBoundingClientRect();
    const b = other.getBoundingClientRect();
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  function missing(text) {
    const cards = document.querySelector(".screen-territoire .cards");
    cards.classList.remove("compared");
    cards.replaceChildren(element("p",
      `Aucun territoire ne commence par « ${text} ». Essayez le nom d’une commune\u00a0: sa communauté s’affichera.`,
      "prompt said"));
  }

  return { find, rest, ghost, show, missing, element, at: (rank) => data.territories[rank] };
})();
