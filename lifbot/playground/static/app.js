// The page: who you are, where you are, and drawing it anew whenever the workspace changes.

import { byId, toast } from "./dom.js";
import { get, listen, post } from "./net.js";
import { drawClock, refreshMoments, wind } from "./clockbar.js";
import { composer } from "./composer.js";
import { drawModal } from "./modal.js";
import { drawHead, drawPlace, drawThread } from "./place.js";
import { drawSide } from "./side.js";
import { drawStrip } from "./welcome.js";

const here = { me: null, place: null, thread: null };
let seen = null;
let inFlight = false;
let wanted = false;

const composers = {
  main: composer(byId("composer"), { send: (text, file) => say(text, null, file), label: "Write a message" }),
  thread: null,
};

function readAddress() {
  const parts = decodeURIComponent(location.hash.slice(1)).split("/");
  const person = /^U/.test(parts[0]) ? parts.shift() : null;
  here.place = parts[0] && parts[0] !== "main" ? parts[0] : here.place;
  here.thread = parts[1] ?? null;
  if (person) here.me = person;
  else if (/^D/.test(here.place ?? "")) here.me = `U${here.place.slice(1)}`; // a permalink into somebody's messages
}

export function go(change) {
  const next = { ...here, thread: null, ...change };
  if (change.me && change.me !== here.me && /^D/.test(next.place ?? "")) next.place = `D${change.me.slice(1)}`;
  const parts = [next.me, next.place, next.thread].filter(Boolean);
  const opensHome = next.place === "home" && (here.place !== "home" || here.me !== next.me);
  Object.assign(here, next);
  history.pushState(null, "", `#${parts.join("/")}`);
  document.body.classList.remove("side-open");
  byId("menu").setAttribute("aria-expanded", "false");
  if (opensHome) post("home", { as: here.me });
  return refresh();
}

export async function refresh() {
  wanted = true;
  if (inFlight) return;
  inFlight = true;
  while (wanted) {
    wanted = false;
    const asked = { ...here };
    const state = await get("state", { as: asked.me, place: asked.place, thread: asked.thread }).catch(() => null);
    const moved = Object.keys(asked).some((key) => asked[key] !== here[key]);
    if (moved) wanted = true; // somebody went elsewhere while this was on its way
    else if (state) draw(state);
    else if (state === null && here.place !== null && !document.body.classList.contains("away")) goHome();
  }
  inFlight = false;
}

// The address named nobody or nowhere that is known here.
function goHome() {
  if (seen) return;
  Object.assign(here, { me: null, place: null, thread: null });
  wanted = true;
}

function draw(state) {
  const moved = seen === null || seen.me !== state.me || seen.place !== state.place;
  const before = seen;
  seen = state;
  here.me = state.me;
  here.place = state.place;
  const world = worldOf(state);
  byId("partnership").textContent = state.partnership;
  document.title = `${titleOf(state)} · lifbot playground`;
  drawSide(state, go);
  drawHead(state, go);
  drawStrip(state, go, { fill: (text) => composers.main.fill(text), move: wind });
  drawPlace(state, world, { moved, before, deeds: deeds(), fill: (text) => composers.main.fill(text) });
  drawThreadPanel(state, world);
  drawModal(state, world);
  drawClock(state.clock);
  byId("composer").hidden = state.place === "home";
  composers.main.context(world, state, moved);
  markRead(state);
}

function drawThreadPanel(state, world) {
  const opened = drawThread(state, world, { deeds: deeds(), close: () => go({}) });
  if (opened) composers.thread = composer(opened, { send: (text, file) => say(text, here.thread, file), label: "Reply in thread" });
  if (state.thread) composers.thread?.context(world, state, Boolean(opened), true);
}

function worldOf(state) {
  const names = new Map([...state.people.map((p) => [p.id, p.name]), [state.bot.id, state.bot.name]]);
  const channels = new Map(state.channels.map((c) => [c.id, c.name]));
  return {
    me: state.me, people: state.people, channels: state.channels, bot: state.bot, house: state.house,
    shortcuts: state.shortcuts, zone: state.clock.zone,
    nameOf: (id, label) => names.get(id) ?? (label || id),
    channelOf: (id, label) => channels.get(id) ?? (label || id),
  };
}

function titleOf(state) {
  const channel = state.channels.find((each) => each.id === state.place);
  return channel ? `#${channel.name}` : state.place === "home" ? "lifbot Home" : "lifbot messages";
}

const deeds = () => ({
  click: async (told) => {
    const answer = await post("click", { as: here.me, ...told });
    if (answer.trouble) toast(answer.trouble);
  },
  choose: async (told) => {
    const answer = await post("choose", { as: here.me, ...told });
    if (answer.trouble) toast(answer.trouble);
  },
  edit: async (each, text) => {
    const answer = await post("edit", { as: here.me, channel: each.channel, ts: each.ts, text });
    if (answer.trouble) toast(answer.trouble);
  },
  thread: (ts) => go({ thread: ts }),
});

async function say(text, thread, file) {
  const answer = await post("say", { as: here.me, place: here.place, text, thread, file });
  if (answer.trouble) toast(answer.trouble);
  return answer.ok;
}

function markRead(state) {
  if (document.hidden || state.place === "home") return;
  const place = [...state.channels, state.dm].find((each) => each.id === state.place);
  if (place?.unread) post("read", { as: state.me, place: state.place });
}

let due;
function changed(revision) {
  if (seen && revision === seen.revision) return;
  clearTimeout(due);
  due = setTimeout(refresh, 25);
}

addEventListener("popstate", () => {
  const before = `${here.me} ${here.place}`;
  readAddress();
  if (here.place === "home" && before !== `${here.me} home`) post("home", { as: here.me });
  refresh();
});
addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
byId("menu").addEventListener("click", () => {
  const open = document.body.classList.toggle("side-open");
  byId("menu").setAttribute("aria-expanded", String(open));
  if (open) byId("side").querySelector("button")?.focus();
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (document.body.classList.contains("side-open")) byId("menu").click();
  else if (here.thread && byId("thread").contains(document.activeElement)) go({});
});

readAddress();
await refresh();
if (here.place === "home") post("home", { as: here.me });
refreshMoments();
listen(changed, (there) => {
  const back = there && document.body.classList.contains("away");
  document.body.classList.toggle("away", !there);
  if (back) refresh();
});
