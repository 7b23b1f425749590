/* « Ajouter au rapport »: the dialog that signs an addition, and the list that orders them. */
(() => {
  "use strict";
  const by = (id) => document.getElementById(id);
  const typed = (id) => by(id)?.value || "";
  let address = "";

  async function send(said, told) {
    said.textContent = "Écriture…";
    try {
      const answer = await fetch("/rapport/ajouts", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(told),
      });
      said.textContent = (await answer.json()).message;
      return answer.ok;
    } catch {
      said.textContent = "Le serveur ne répond pas : rien n’a été écrit.";
      return false;
    }
  }

  function ask(button) {
    const title = button.dataset.reportTitle || document.querySelector("main h1")?.textContent || "";
    address = button.dataset.report || window.location.pathname + window.location.search;
    window.dash_clientside.set_props("report-title", { value: title.slice(0, 160) });
    window.dash_clientside.set_props("report-comment", { value: "" });
    by("report-said").textContent = "";
    by("report-add").disabled = false;
    // The menu gives the focus back to its button as it closes: the dialog opens once it has.
    setTimeout(() => by("report-dialog").showModal(), 60);
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button");
    if (event.target.closest?.("#report-list")) by("report-dialog").close();
    if (!button) return;
    if (button.dataset.report !== undefined) ask(button);
    if (button.id === "report-add") {
      button.disabled = true;
      const added = await send(by("report-said"), {
        act: "add", address, title: typed("report-title"), comment: typed("report-comment"),
        author: typed("report-author"), code: typed("report-code"),
      });
      button.disabled = added;
    }
    if (button.dataset.basket) {
      const told = { act: button.dataset.basket, id: button.dataset.item, author: typed("author"), code: typed("code") };
      if (await send(by("basket-said"), told)) {
        window.dash_clientside.set_props("remade", { data: Date.now() });
      }
    }
  });
})();
