// Left: who you are, and where you can go.

import { byId, el, settle } from "./dom.js";
import { avatar } from "./avatar.js";

const drawn = new Map();

// Keeps an entry's button as long as it looks the same, so that focus is not lost.
function entry(key, look, make) {
  const shape = JSON.stringify(look);
  const known = drawn.get(key);
  if (known?.shape === shape) return known.node;
  const node = make();
  const focused = known && known.node.contains(document.activeElement);
  drawn.set(key, { shape, node });
  if (focused) queueMicrotask(() => node.focus());
  return node;
}

const count = (number, about) =>
  number > 0 && el("span", { class: "count" }, String(number), el("span", { class: "unseen" }, ` ${about}`));

function person(each, state, go) {
  const mine = each.id === state.me;
  const look = [each, mine, state.place];
  return entry(each.id, look, () => el("button", {
    type: "button", class: "person", "aria-pressed": String(mine), "data-person": each.id,
    onclick: () => go({ me: each.id }),
  }, avatar(each, "small"), el("span", { class: "who" }, el("strong", {}, each.name), el("small", {}, each.title)),
  count(each.unread, "unread from lifbot")));
}

function place(id, sign, name, unread, state, go) {
  const current = state.place === id;
  return entry(`place ${id}`, [name, unread, current, state.me], () => el("button", {
    type: "button", class: "goto", "aria-current": current ? "page" : null, "data-place": id, onclick: () => go({ place: id }),
  }, el("span", { class: "sign", "aria-hidden": "true" }, sign), el("span", { class: "label" }, name), count(unread, "unread")));
}

// With many people the list scrolls by itself, so that channels and messages stay in sight.
const MANY = 9;
const people = el("div", { class: "people" });
let shown = null;

function drawPeople(state, go) {
  people.classList.toggle("many", state.people.length > MANY);
  settle(people, state.people.map((each) => person(each, state, go)));
  if (shown !== state.me) {
    shown = state.me;
    queueMicrotask(() => people.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest" }));
  }
  return people;
}

const titles = { you: el("h2", {}, "You are"), channels: el("h2", {}, "Channels"), bot: el("h2", {}, "lifbot") };

export function drawSide(state, go) {
  settle(byId("side"), [
    titles.you,
    drawPeople(state, go),
    titles.channels,
    ...state.channels.map((each) => place(each.id, "#", each.name, each.unread, state, go)),
    titles.bot,
    place(state.dm.id, "✉", "Messages", state.dm.unread, state, go),
    place("home", "⌂", "Home", 0, state, go),
  ]);
}
