// For a first visit: a story in five steps, and what to type in an empty place.

import { byId, el } from "./dom.js";

const FLAG = "lifbot.playground.strip";
const NEXT_MEETING = "To the next meeting";
const LINE = "/lif action add Audit MASH thresholds owner:@cleo due:next meeting";
const SLIPS = "/lif action add Review the neglect toolkit owner:@cleo due:in one week";

// Each step: who to be, where, and what to do there. `line` is written for you, `clock` is a button of the clock,
// `then` is who to be at the end.
const STEPS = [
  { name: "Log an action", who: "ben", line: LINE,
    about: "You are Ben, who chairs this group. Send this line, and Cleo is told of it." },
  { name: "Let time pass", who: "cleo", dm: true, clock: NEXT_MEETING,
    about: "You are Cleo. You are reminded 14 and 3 days before the date, and on the day." },
  { name: "Answer as its owner", who: "cleo", dm: true, clock: "+1 day",
    about: "Press a button under the last reminder, or write “done, 40 files audited”. Then let a day pass." },
  { name: "Decide as chair", who: "ben", dm: true,
    about: "You are Ben again. What Cleo reported waits here: sign it off, or return it with a note." },
  { name: "Let one slip", who: "ben", line: SLIPS, clock: "+1 cycle", then: "dev",
    about: "Send this line and leave it. When two meetings have passed, Dev, the partnership chair, is asked for help.",
    after: "You are Dev, and hear from lifbot only when help is needed. Answer with a button or in your own words." },
];

const person = (state, handle) => state.people.find((each) => each.handle === handle);
const told = (state) => ["ben", "cleo", "dev"].every((handle) => person(state, handle)) && state.channels.length > 0;

function suggestions(state) {
  if (state.place === state.dm.id) {
    return [["help", "what lifbot understands here"], ["/lif action list mine", "everything you have agreed to do"]];
  }
  const other = state.people.find((p) => p.handle === "cleo" && p.id !== state.me) ?? state.people.find((p) => p.id !== state.me);
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
    el("h3", {}, channel ? "Three things to try" : "Two things to try"),
    el("ul", { class: "tries" }, suggestions(state).map(([line, about]) =>
      el("li", {}, el("button", { type: "button", class: "try", onclick: () => fill(line) }, el("code", {}, line), el("span", {}, about))))));
  empties.set(key, node);
  return node;
}

function remembered(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

function remember(name, value) {
  try { localStorage.setItem(name, value); } catch { /* then the story begins anew next time */ }
}

const stepNow = () => Math.min(Number(remembered(`${FLAG}.step`) ?? 0) || 0, STEPS.length - 1);

export function drawStrip(state, go, { fill, move }) {
  const strip = byId("strip");
  strip.hidden = !told(state) || state.place === "home" || remembered(FLAG) === "closed";
  const at = stepNow();
  const shape = JSON.stringify([at, state.me, state.place, state.people.map((p) => p.id)]);
  if (strip.hidden || strip.dataset.shape === shape) return;
  strip.dataset.shape = shape;
  const open = (index) => {
    const step = STEPS[index];
    const me = person(state, step.who).id;
    remember(`${FLAG}.step`, String(index));
    go({ me, place: step.dm ? `D${me.slice(1)}` : state.channels[0].id });
  };
  strip.replaceChildren(
    el("p", { class: "strip-title" }, el("strong", {}, "Try this")),
    el("ol", { class: "steps" }, STEPS.map((step, index) => el("li", {},
      el("button", { type: "button", class: "chip", "aria-current": index === at ? "step" : null, onclick: () => open(index) },
        el("b", {}, String(index + 1)), step.name)))),
    telling(at, state, { fill, move, go, open }),
    el("button", { type: "button", class: "icon close", "aria-label": "Hide this", onclick: () => {
      remember(FLAG, "closed");
      strip.hidden = true;
    } }, "×"));
}

// What the step asks for, and buttons that do it; from elsewhere there is one that leads there first.
function telling(at, state, { fill, move, open, go }) {
  const step = STEPS[at];
  const me = person(state, step.who);
  const there = state.me === me.id && state.place === (step.dm ? state.dm.id : state.channels[0].id);
  const then = step.then && person(state, step.then);
  const after = then && state.me === then.id && state.place === state.dm.id;
  const deeds = after ? [] : there ? [
    step.line && ["Write it for me", () => fill(step.line)],
    step.clock && [step.clock, () => move(step.clock)],
    then && [`Be ${first(then)}`, () => go({ me: then.id, place: `D${then.id.slice(1)}` })],
    STEPS[at + 1] && ["Next", () => open(at + 1)],
  ] : [[`Be ${first(me)}`, () => open(at)]];
  const about = after ? step.after : there ? step.about : `Step ${at + 1} is ${first(me)}'s.`;
  return el("p", { class: "telling" }, about, deeds.filter(Boolean).map(([name, deed]) =>
    el("button", { type: "button", class: "button", onclick: deed }, name)));
}

const first = (who) => who.name.split(" ")[0];
