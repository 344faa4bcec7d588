// Middle and right: the place you are in, and the thread you opened.

import { byId, el, settle } from "./dom.js";
import { blocks } from "./blocks.js";
import { message } from "./message.js";
import { plain } from "./mrkdwn.js";
import { emptyPlace } from "./welcome.js";

const kept = { main: new Map(), thread: new Map() };
const days = new Map();
let home = { hash: null, node: null, values: {} };

export function drawHead(state, go) {
  const channel = state.channels.find((each) => each.id === state.place);
  const head = byId("head");
  const shape = JSON.stringify([channel, state.place, state.me]);
  if (head.dataset.shape === shape) return;
  head.dataset.shape = shape;
  if (channel) {
    const names = channel.members.map((id) => state.people.find((p) => p.id === id)?.name).filter(Boolean);
    head.replaceChildren(
      el("h1", {}, el("span", { class: "sign", "aria-hidden": "true" }, "#"), channel.name),
      el("p", { title: names.join(", ") }, [channel.topic, `${names.length} people and lifbot`].filter(Boolean).join(" · ")));
    return;
  }
  const tab = (id, name) => el("button", {
    type: "button", class: "tab", "aria-current": state.place === id ? "page" : null, onclick: () => go({ place: id }),
  }, name);
  const me = state.people.find((each) => each.id === state.me);
  head.replaceChildren(
    el("h1", {}, "lifbot"),
    el("p", {}, `Only ${me.name} and lifbot see this`),
    el("div", { class: "tabs" }, tab("home", "Home"), tab(state.dm.id, "Messages")));
}

export function drawPlace(state, world, { moved, before, deeds, fill }) {
  const stream = byId("stream");
  const scroll = byId("scroll");
  const low = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
  if (moved) kept.main.clear();
  stream.classList.toggle("is-home", state.place === "home");
  if (state.place === "home") settle(stream, [homeNode(state, world, deeds)]);
  else if (state.messages.length === 0) settle(stream, [emptyPlace(state, fill)]);
  else settle(stream, nodes(state.messages, world, { deeds, memory: kept.main, threads: true }));
  const last = state.messages.at(-1);
  const grew = last && last.ts !== before?.messages.at(-1)?.ts;
  if (moved || (low && grew) || (grew && last.author === state.me)) scroll.scrollTop = last ? scroll.scrollHeight : 0;
  byId("newer").hidden = !grew || moved || low;
  if (grew && !moved) announce(last, world);
}

byId("newer").addEventListener("click", () => { byId("scroll").scrollTop = byId("scroll").scrollHeight; });
let atEnd = true;
byId("scroll").addEventListener("scroll", ({ target }) => {
  atEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 120;
  if (atEnd) byId("newer").hidden = true;
}, { passive: true });
// Who reads the newest goes on reading it when a thread opens beside it or the window changes.
new ResizeObserver(() => {
  if (atEnd && byId("stream").querySelector(".message")) byId("scroll").scrollTop = byId("scroll").scrollHeight;
}).observe(byId("scroll"));

function announce(last, world) {
  if (last.author === world.me) return;
  const name = world.nameOf(last.author, "Playground");
  byId("said").textContent = `${name}: ${plain(last.text).slice(0, 300)}`;
}

// Messages with a line between days; those that look the same stay the same nodes.
function nodes(list, world, site) {
  const drawn = [];
  let previous = null;
  for (const each of list) {
    if (each.day !== previous?.day) drawn.push(day(each.day, site.threads));
    const follows = previous && previous.author === each.author && previous.day === each.day && previous.time === each.time
      && previous.private === each.private && previous.kind === each.kind && previous.blocks.length + each.blocks.length === 0;
    const shape = JSON.stringify([each, follows, world.me]);
    let known = site.memory.get(each.ts);
    if (known?.shape !== shape) {
      known = { shape, values: known?.values ?? {} };
      known.node = message(each, world, { ...site, follows, values: known.values });
      site.memory.set(each.ts, known);
    }
    drawn.push(known.node);
    previous = each;
  }
  return drawn;
}

function day(name, main) {
  const key = `${name} ${main}`;
  if (!days.has(key)) days.set(key, el("div", { class: "day", role: "separator", "aria-label": name }, el("span", {}, name)));
  return days.get(key);
}

function homeNode(state, world, deeds) {
  if (!state.home) {
    return el("div", { class: "empty" }, el("h2", {}, "lifbot's Home"), el("p", {}, "Nothing here yet. lifbot fills this page when it has something to show you."));
  }
  const hash = `${state.me} ${state.home.hash}`;
  if (home.hash === hash) return home.node;
  const same = home.hash?.startsWith(`${state.me} `);
  home = { hash, values: same ? home.values : {} };
  const site = { world, values: home.values };
  site.use = (used) => deeds.click({ ...used, view_id: state.home.id, values: site.values });
  home.node = el("article", { class: "home" }, blocks(state.home.blocks, site));
  return home.node;
}

// Draws the thread panel; gives the composer's place when the panel was just opened.
export function drawThread(state, world, { deeds, close }) {
  const panel = byId("thread");
  if (!state.thread) {
    panel.hidden = true;
    panel.dataset.ts = "";
    kept.thread.clear();
    return null;
  }
  const key = `${state.me} ${state.thread.ts}`;
  const fresh = panel.dataset.ts !== key;
  if (fresh) openPanel(panel, key, close);
  panel.hidden = false;
  const stream = panel.querySelector(".stream");
  const before = stream.childElementCount;
  settle(stream, nodes(state.thread.messages, world, { deeds, memory: kept.thread, threads: false }));
  if (fresh || stream.childElementCount > before) stream.parentElement.scrollTop = stream.parentElement.scrollHeight;
  return fresh ? panel.querySelector(".thread-composer") : null;
}

function openPanel(panel, key, close) {
  kept.thread.clear();
  panel.dataset.ts = key;
  panel.replaceChildren(
    el("header", { class: "head" }, el("h2", {}, "Thread"),
      el("button", { type: "button", class: "icon close", "aria-label": "Close thread", onclick: close }, "×")),
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Thread messages" }, el("div", { class: "stream" })),
    el("div", { class: "thread-composer" }));
}
