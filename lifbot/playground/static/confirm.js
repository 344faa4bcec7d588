// "Are you sure?", as Slack's confirm objects ask it.

import { byId, el } from "./dom.js";

const words = (object) => (typeof object === "string" ? object : object?.text ?? "");

export function confirmed(asked) {
  const box = byId("ask");
  return new Promise((resolve) => {
    const answer = (yes) => { box.close(yes ? "yes" : ""); };
    box.returnValue = "";
    box.replaceChildren(
      el("h2", { id: "ask-title" }, words(asked.title) || "Are you sure?"),
      el("p", {}, words(asked.text)),
      el("div", { class: "form-foot" },
        el("button", { type: "button", class: "button", onclick: () => answer(false) }, words(asked.deny) || "No"),
        el("button", { type: "button", class: `button ${asked.style === "danger" ? "danger" : "primary"}`,
          onclick: () => answer(true) }, words(asked.confirm) || "Yes")));
    box.addEventListener("close", () => resolve(box.returnValue === "yes"), { once: true });
    box.showModal();
  });
}
