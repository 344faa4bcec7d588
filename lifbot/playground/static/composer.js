// Where people type: Enter sends, arrow up brings the last words back, @ completes people, / shows what there is.

import { el, freshId } from "./dom.js";

const past = new Map(); // person -> what they sent, newest last

export function composer(parent, { send, label }) {
  const ids = { list: freshId("people"), hint: freshId("hint"), box: freshId("box") };
  const list = el("ul", { class: "suggest", id: ids.list, role: "listbox", "aria-label": "People", hidden: true });
  const hint = el("p", { class: "slash", id: ids.hint });
  const box = el("textarea", { id: ids.box, rows: 1, "aria-label": label, "aria-describedby": ids.hint, maxlength: 12000,
    "aria-autocomplete": "list", "aria-controls": ids.list, autocomplete: "off", spellcheck: "true" });
  const button = el("button", { type: "submit", class: "button primary send" }, "Send");
  const file = el("input", { type: "file", hidden: true, tabindex: -1, "aria-hidden": "true" });
  const clip = el("button", { type: "button", class: "icon clip", "aria-label": "Send a file", title: "Send a file: only its name is used here",
    onclick: () => file.click() }, "\u{1F4CE}\uFE0E");
  const form = el("form", { class: "composer" }, list, el("div", { class: "composer-box" }, box, file, clip, button), hint);
  parent.replaceChildren(form);
  const self = { box, list, hint, people: [], hints: [], me: "", back: 0, inThread: false, drafts: new Map(), key: "" };

  file.addEventListener("change", () => { if (file.files[0]) submit(self, send, file.files[0].name); file.value = ""; });
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(self, send); });
  box.addEventListener("input", () => { self.back = 0; grow(box); suggest(self); showHint(self); });
  box.addEventListener("keydown", (event) => keys(event, self, form));
  box.addEventListener("blur", () => setTimeout(() => { list.hidden = true; }, 150));
  return {
    fill: (text) => { box.value = text; grow(box); showHint(self); box.focus(); box.setSelectionRange(text.length, text.length); },
    context: (world, state, fresh, inThread = false) => context(self, world, state, fresh, inThread),
  };
}

// Another person or place has its own draft.
function context(self, world, state, fresh, inThread) {
  const key = `${state.me} ${state.place}`;
  self.people = [...world.people.filter((p) => p.id !== state.me), { handle: world.bot.name, name: world.bot.name, title: "app" }];
  self.inThread = inThread;
  self.hints = state.hints;
  if (self.key !== key) {
    self.drafts.set(self.key, self.box.value);
    self.box.value = self.drafts.get(key) ?? "";
    self.key = key;
    grow(self.box);
  }
  self.me = state.me;
  const channel = state.channels.find((each) => each.id === state.place);
  const to = inThread ? "Reply in thread" : channel ? `Message #${channel.name}` : "Message lifbot";
  self.box.placeholder = inThread ? to : `${to}, or type /lif`;
  showHint(self);
  if (fresh && matchMedia("(min-width: 900px)").matches && !document.querySelector("dialog[open]")) self.box.focus();
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
}

// Of a file only the name is sent: this workspace keeps no files.
async function submit(self, send, file = null) {
  const text = self.box.value.trim();
  if (!text && !file) return;
  self.box.value = "";
  self.list.hidden = true;
  grow(self.box);
  showHint(self);
  if (text) past.set(self.me, [...(past.get(self.me) ?? []), text].slice(-50));
  self.back = 0;
  if (!(await send(text, file)) && !self.box.value) { self.box.value = text; grow(self.box); }
}

function keys(event, self, form) {
  if (event.isComposing) return;
  if (!self.list.hidden && listKeys(event, self)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "ArrowUp" && (self.box.value === "" || self.back > 0)) recall(event, self, 1);
  else if (event.key === "ArrowDown" && self.back > 0) recall(event, self, -1);
}

function recall(event, self, step) {
  const said = past.get(self.me) ?? [];
  const back = Math.max(0, Math.min(said.length, self.back + step));
  if (said.length === 0) return;
  event.preventDefault();
  self.box.value = back ? said.at(-back) : "";
  self.back = back;
  grow(self.box);
  showHint(self);
}

function listKeys(event, self) {
  const items = [...self.list.children];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(self, (at + step + items.length) % items.length);
  else if (event.key === "Enter" || event.key === "Tab") items[at].click();
  else if (event.key === "Escape") self.list.hidden = true;
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

function mark(self, index) {
  [...self.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
  const chosen = self.list.children[index];
  self.box.setAttribute("aria-activedescendant", chosen.id);
  chosen.scrollIntoView({ block: "nearest" });
}

function suggest(self) {
  const before = self.box.value.slice(0, self.box.selectionStart);
  const typed = /(?:^|[\s:,(])@([\w' -]{0,30})$/.exec(before);
  const start = typed?.[1].toLowerCase();
  const whole = self.people.some((p) => p.handle === start); // then Enter sends
  const found = typed && !whole ? self.people.filter((p) => p.handle.startsWith(start) || p.name.toLowerCase().startsWith(start)) : [];
  self.list.hidden = found.length === 0;
  self.list.replaceChildren(...found.slice(0, 8).map((person) => el("li", {
    role: "option", id: freshId("option"), onmousedown: (event) => event.preventDefault(), onclick: () => complete(self, typed[1], person),
  }, el("strong", {}, `@${person.handle}`), " ", person.name, el("small", {}, person.title))));
  if (found.length) mark(self, 0);
  else self.box.removeAttribute("aria-activedescendant");
}

function complete(self, typed, person) {
  const at = self.box.selectionStart;
  self.box.setRangeText(`${person.handle} `, at - typed.length, at, "end");
  self.list.hidden = true;
  self.box.focus();
}

function showHint(self) {
  const text = self.box.value;
  const usual = self.inThread ? "Replies here go to everybody who can see the thread." : "Enter sends. Shift and Enter makes a new line.";
  if (!text.startsWith("/")) { self.hint.textContent = usual; return; }
  const known = self.hints.filter(([command]) => command.startsWith(text) || text.startsWith(command));
  const shown = (known.some(([command]) => text.startsWith(command)) ? known.slice(-1) : known).slice(0, 6);
  const about = shown.length === 1 ? ` ${shown[0][1]}` : "";
  self.hint.replaceChildren(...shown.flatMap(([command], index) => [index ? " · " : "", el("b", {}, command)]), about);
  if (shown.length === 0) self.hint.textContent = "/lif help shows everything lifbot can do.";
}
