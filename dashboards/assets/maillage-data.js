/* « Données »: choose or drop a file, send it, follow where the server says to go. */
window.dash_clientside = window.dash_clientside || {};
(() => {
  "use strict";
  const said = (text) => {
    const place = document.getElementById("upload-said");
    if (place) place.textContent = text;
  };
  function go(address) {
    window.history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }
  const size = (bytes) =>
    `${(bytes / 1048576).toLocaleString("fr-FR", { minimumFractionDigits: 1, maximumFractionDigits: 1 })} Mo`;

  async function send(file) {
    const button = document.getElementById("choose-file");
    if (!file || !button) return;
    if (file.size > Number(button.dataset.most) * 1048576) {
      said(`« ${file.name} » pèse ${size(file.size)} : au-delà de ${button.dataset.most} Mo, chargez-le depuis la ligne de commande.`);
      return;
    }
    button.disabled = true;
    said(`Lecture de « ${file.name} » (${size(file.size)})…`);
    try {
      const answer = await fetch(`/donnees/fichier?nom=${encodeURIComponent(file.name)}`, {
        method: "POST",
        headers: { "Content-Type": "application/octet-stream" },
        body: file,
      });
      const told = await answer.json().catch(() => ({ message: "Le serveur n’a pas pu lire ce fichier." }));
      if (told.lot) go(`/donnees?lot=${told.lot}`);
      else said(told.message);
    } catch {
      said("Le fichier n’a pas pu être envoyé : le serveur ne répond pas.");
    }
    button.disabled = false;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#choose-file");
    if (!button) return;
    const field = document.createElement("input");
    field.type = "file";
    field.accept = button.dataset.accept;
    field.addEventListener("change", () => send(field.files[0]));
    field.click();
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const place = event.target.closest?.("#drop");
      if (!place) return;
      event.preventDefault();
      place.classList.toggle("over", kind === "dragover");
      if (kind === "drop") send(event.dataTransfer.files[0]);
    });
  }

  /* A fault leads to its row. */
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.(".fault")?.dataset.row;
    if (row) document.getElementById(`faute-${row}`)?.scrollIntoView({ block: "center" });
  });

  Object.assign((window.dash_clientside.maillage = window.dash_clientside.maillage || {}), {
    /* Go where a write leads; when it leads where we are, the page is made again. */
    follow(way) {
      if (way) {
        window.dispatchEvent(new CustomEvent("maillage:written"));
        if (way.to === window.location.pathname + window.location.search) {
          window.dash_clientside.set_props("remade", { data: way.at });
        } else go(way.to);
      }
      return window.dash_clientside.no_update;
    },
  });
})();
