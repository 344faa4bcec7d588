// For a first visit: what to type, and who is who.

import { byId, el } from "./dom.js";
import { avatar } from "./avatar.js";

const FLAG = "lifbot.playground.strip";

function suggestions(state) {
  const other = state.people.find((p) => p.handle === "cleo" && p.id !== state.me) ?? state.people.find((p) => p.id !== state.me);
  if (state.place === state.dm.id) {
    return [["help", "what lifbot understands here"], ["/lif action list mine", "everything you have agreed to do"]];
  }
  return [
    [`/lif action add Audit MASH thresholds owner:@${other?.handle ?? "cleo"} due:within three months`, "log an action in one line"],
    ["/lif action add", "the same, with a form"],
    ["/lif help", "everything else"],
  ];
}

const empties = new Map();

export function emptyPlace(state, fill) {
  const key = `${state.me} ${state.place}`;
  if (empties.has(key)) return empties.get(key);
  const channel = state.channels.find((each) => each.id === state.place);
  const node = el("div", { class: "empty" },
    el("img", { src: "/playground/assets/mark.svg", alt: "", width: 56, height: 56 }),
    el("h2", {}, channel ? `This is #${channel.name}` : "Your messages with lifbot"),
    el("p", {}, channel
      ? "What the meeting agrees is logged here. lifbot keeps the dates, asks the owners how things stand, and brings what is late back to the group."
      : "Reminders arrive here at nine in the morning. Answer them with a button or in your own words."),
    el("h3", {}, "Three things to try".replace("Three", channel ? "Three" : "Two")),
    el("ul", { class: "tries" }, suggestions(state).map(([line, about]) =>
      el("li", {}, el("button", { type: "button", class: "try", onclick: () => fill(line) }, el("code", {}, line), el("span", {}, about))))));
  empties.set(key, node);
  return node;
}

function remembered() {
  try { return localStorage.getItem(FLAG) === "closed"; } catch { return false; }
}

export function drawStrip(state, go) {
  const strip = byId("strip");
  const channel = state.channels.some((each) => each.id === state.place);
  strip.hidden = !channel || Boolean(state.thread) || remembered();
  strip.classList.toggle("busy", state.messages.length > 0);
  const shape = JSON.stringify([state.me, state.people.map((p) => p.id)]);
  if (strip.hidden || strip.dataset.shape === shape) return;
  strip.dataset.shape = shape;
  strip.replaceChildren(
    el("p", {}, el("strong", {}, "Try this: "), "log an action as one person, move the clock, then switch to its owner and answer the reminder."),
    el("ul", { class: "cast" }, state.people.map((p) => el("li", {},
      el("button", { type: "button", class: "chip", "aria-pressed": String(p.id === state.me), onclick: () => go({ me: p.id }) },
        avatar(p, "tiny"), el("span", {}, el("b", {}, p.name.split(" ")[0]), p.title && ` ${p.title}`))))),
    el("button", { type: "button", class: "icon close", "aria-label": "Hide this", onclick: () => {
      try { localStorage.setItem(FLAG, "closed"); } catch { /* then it is back next time */ }
      strip.hidden = true;
    } }, "×"));
}
