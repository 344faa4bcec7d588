// Forms (Slack's modals): errors stand beside their field, and nothing typed is lost.

import { byId, el, freshId } from "./dom.js";
import { blocks } from "./blocks.js";
import { post } from "./net.js";

const box = byId("form");
const held = new Map(); // view id -> values
let shown = { key: null, view: null, errors: {}, trouble: null, me: null, world: null };

const words = (object) => object?.text ?? "";

export function drawModal(state, world) {
  if (!state.modal) {
    if (box.open) box.close();
    shown = { ...shown, key: null, view: null };
    held.clear();
    return;
  }
  const key = `${state.me} ${state.modal.id} ${state.modal.hash}`;
  if (shown.key === key) return;
  const sameView = shown.view?.id === state.modal.id;
  shown = { key, view: state.modal, errors: {}, trouble: null, me: state.me, world };
  draw(!sameView);
}

function draw(first) {
  const { view, world } = shown;
  if (!held.has(view.id)) held.set(view.id, {});
  const focused = document.activeElement?.closest("[data-block]")?.dataset.block;
  const site = { world, values: held.get(view.id), errors: shown.errors };
  site.use = async (used) => {
    const answer = await post("click", { as: shown.me, ...used, view_id: view.id, values: site.values });
    if (answer.trouble) complain({}, answer.trouble);
  };
  site.touched = (block) => { delete shown.errors[block]; };
  const send = view.submit && el("button", { type: "submit", class: "button primary" }, words(view.submit));
  const form = el("form", { method: "dialog", novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(send); } },
    el("header", { class: "form-head" }, el("h2", { id: "form-title" }, words(view.title)),
      el("button", { type: "button", class: "icon close", "aria-label": "Close the form", onclick: dismiss }, "×")),
    el("div", { class: "form-body", tabindex: -1 },
      shown.trouble && el("p", { class: "error", role: "alert" }, shown.trouble),
      view.type === "modal" && blocks(view.blocks, site)),
    el("footer", { class: "form-foot" },
      el("button", { type: "button", class: "button", onclick: dismiss }, words(view.close) || (send ? "Cancel" : "Close")), send));
  const scrolled = box.querySelector(".form-body")?.scrollTop ?? 0;
  box.replaceChildren(form);
  if (!box.open) box.showModal();
  if (!first) box.querySelector(".form-body").scrollTop = scrolled;
  aim(first, focused);
}

// The first wrong field, else the field that had focus, else the first.
function aim(first, focused) {
  const wrong = box.querySelector(".wrong :is(input, select, textarea)");
  const same = focused && box.querySelector(`[data-block="${CSS.escape(focused)}"] :is(input, select, textarea, button)`);
  const start = box.querySelector(".form-body :is(input, select, textarea)") ?? box.querySelector(".form-foot .primary");
  const target = wrong ?? same ?? (first ? start : null);
  target?.focus({ preventScroll: !wrong });
  wrong?.closest(".b-input").scrollIntoView({ block: "nearest" });
}

function complain(errors, trouble) {
  const known = new Set(shown.view.blocks.map((block) => block.block_id));
  const lost = Object.entries(errors).filter(([block]) => !known.has(block)).map(([, words]) => words);
  shown = { ...shown, errors: { ...errors }, trouble: [trouble, ...lost].filter(Boolean).join(" ") || null };
  draw(false);
}

async function submit(button) {
  if (button?.hasAttribute("aria-busy")) return;
  button?.setAttribute("aria-busy", "true");
  const { view, me } = shown;
  const answer = await post("submit", { as: me, view_id: view.id, values: held.get(view.id) });
  button?.removeAttribute("aria-busy");
  if (shown.view?.id !== view.id) return;
  if (answer.trouble || Object.keys(answer.errors ?? {}).length) complain(answer.errors ?? {}, answer.trouble);
}

async function dismiss() {
  const { view, me } = shown;
  if (view) await post("dismiss", { as: me, view_id: view.id });
}

box.addEventListener("cancel", (event) => { event.preventDefault(); dismiss(); });
box.dataset.id = freshId("form");
