// The workspace's clock: always in sight, and moved by a few buttons.

import { byId, el } from "./dom.js";
import { inWords } from "./dates.js";
import { get, post } from "./net.js";

const bar = byId("clock");
const face = el("button", { type: "button", class: "face", "aria-expanded": "false", "aria-controls": "moves",
  onclick: () => open(!bar.classList.contains("open")) });
const moves = el("div", { class: "moves", id: "moves" });
const trouble = el("p", { class: "clock-trouble", role: "alert", hidden: true });
bar.replaceChildren(face, moves, trouble);

let base = { iso: null, at: 0, zone: "Europe/London" };
let now = null;
let goals = "";

function open(yes) {
  bar.classList.toggle("open", yes);
  face.setAttribute("aria-expanded", String(yes));
}

const say = (moment, options) => new Intl.DateTimeFormat("en-GB", { timeZone: base.zone, ...options }).format(moment);

function tick() {
  if (!base.iso) return;
  const moment = new Date(Date.parse(base.iso) + Date.now() - base.at);
  const day = say(moment, { weekday: "short", day: "numeric", month: "long", year: "numeric" }).replace(",", "");
  const time = say(moment, { hour: "2-digit", minute: "2-digit" });
  const parts = face.querySelectorAll("[data-part]");
  if (parts.length === 0) {
    face.replaceChildren(el("span", { class: "unseen" }, "The date here is "), el("span", { "data-part": "day" }, day),
      el("span", { "data-part": "time" }, time));
  } else if (parts[0].textContent !== day || parts[1].textContent !== time) {
    [parts[0].textContent, parts[1].textContent] = [day, time];
  }
}

export function drawClock(clock) {
  const jumped = now && Math.abs(Date.parse(clock.iso) - Date.parse(base.iso) - (Date.now() - base.at)) > 5000;
  base = { iso: clock.iso, at: Date.now(), zone: clock.zone };
  const arrived = now?.living && !clock.living;
  now = clock;
  tick();
  bar.classList.toggle("living", Boolean(clock.living));
  face.title = clock.living ? "" : "Move the clock";
  if (clock.living) living(clock.living);
  if (arrived || jumped) { goals = ""; refreshMoments(); }
}

function living(goal) {
  goals = "";
  const words = `Living through to ${goal.day}, ${goal.time}…`;
  if (moves.textContent !== words) moves.replaceChildren(el("span", { class: "passing", role: "status" }, words));
}

export async function refreshMoments() {
  const answer = await get("moments").catch(() => null);
  if (!answer || now?.living) return;
  drawClockFace(answer.clock);
  const shape = JSON.stringify(answer);
  if (shape === goals) return;
  goals = shape;
  if (!answer.clock.travels) { moves.replaceChildren(el("span", { class: "passing" }, "real time")); return; }
  moves.replaceChildren(
    ...answer.moments.map((goal) => el("button", { type: "button", class: "button move", title: `${goal.day}, ${goal.time}`,
      onclick: () => wind(goal.label) }, goal.label)),
    el("button", { type: "button", class: "button move", onclick: ask }, "Set…"));
}

function drawClockFace(clock) {
  base = { iso: clock.iso, at: Date.now(), zone: clock.zone };
  now = clock;
  tick();
}

export const wind = (label) => move({ label, mode: "run" });

async function move(told) {
  trouble.hidden = true;
  moves.replaceChildren(el("span", { class: "passing", role: "status" }, "Living through…"));
  bar.classList.add("living");
  const answer = await post("clock", told);
  bar.classList.remove("living");
  goals = "";
  now = null;
  if (answer.clock) drawClockFace(answer.clock);
  if (answer.trouble) { trouble.textContent = answer.trouble; trouble.hidden = false; setTimeout(() => { trouble.hidden = true; }, 7000); }
  open(false);
  await refreshMoments();
}

// A date and time of one's own: live through to it, or wake up at it.
function ask() {
  const box = byId("ask");
  const local = new Date(Date.parse(base.iso) + Date.now() - base.at);
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: base.zone, year: "numeric", month: "2-digit",
    day: "2-digit", hour: "2-digit", minute: "2-digit" }).formatToParts(local).map((part) => [part.type, part.value]));
  const field = el("input", { type: "datetime-local", id: "clock-to", required: true,
    value: `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}` });
  const choice = (value, name, about, checked) => {
    const radio = el("input", { type: "radio", name: "mode", value });
    radio.checked = checked;
    return el("label", { class: "choice" }, radio, el("span", {}, name, el("small", {}, about)));
  };
  const form = el("form", { method: "dialog", onsubmit: (event) => {
    event.preventDefault();
    box.close();
    move({ now: field.value, mode: new FormData(form).get("mode") });
  } },
  el("h2", { id: "ask-title" }, "Set date and time"),
  el("div", { class: "b-input" }, el("label", { for: "clock-to" }, `Date and time (${base.zone})`), field, inWords(field)),
  el("fieldset", { class: "b-input" }, el("legend", {}, "How to get there"),
    choice("run", "Live through it", "everything in between happens, as if lifbot had been up", true),
    choice("jump", "Jump", "wake up later, as after an outage", false)),
  el("div", { class: "form-foot" },
    el("button", { type: "button", class: "button", onclick: () => box.close() }, "Cancel"),
    el("button", { type: "submit", class: "button primary" }, "Set the clock")));
  box.replaceChildren(form);
  box.showModal();
  field.focus();
}

addEventListener("pointerdown", (event) => { if (!bar.contains(event.target)) open(false); });
bar.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && bar.classList.contains("open")) { open(false); face.focus(); event.stopPropagation(); }
});
setInterval(tick, 5000);
