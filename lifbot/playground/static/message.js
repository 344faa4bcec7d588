// One message.

import { el } from "./dom.js";
import { avatar, botAvatar, houseAvatar } from "./avatar.js";
import { blocks } from "./blocks.js";
import { menu } from "./controls.js";
import { emoji, inline, link, mrkdwn, plain } from "./mrkdwn.js";

export function message(each, world, { deeds, follows, values, threads }) {
  if (each.kind === "echo") return echo(each, world);
  const site = { world, values };
  site.use = (used) => deeds.click({ ...used, channel: each.channel, ts: each.ts, values: site.values });
  const body = each.blocks.length ? blocks(each.blocks, site) : mrkdwn(each.text, world);
  return el("article", { class: look(each, world, follows), "data-ts": each.ts },
    !follows && face(each, world),
    el("div", { class: "bubble" },
      !follows && heading(each, world),
      each.private && el("p", { class: "eyes-only" }, "Only visible to you"),
      el("div", { class: "body" }, body),
      each.files.map(file),
      each.sent.map((sent) => el("p", { class: "file" }, link(sent.permalink, sent.name))),
      each.reactions.length > 0 && el("p", { class: "reactions" }, each.reactions.map((r) => el("span", {}, emoji(r.name)))),
      threads && threadLink(each, deeds),
      shortcuts(each, world, deeds),
      each.author === world.me && each.kind === "said" && editButton(each, deeds)));
}

// Edits in place; once it is saved the message is drawn anew.
function editButton(each, deeds) {
  return el("button", { type: "button", class: "edit", onclick: ({ target }) => {
    const body = target.parentElement.querySelector(".body");
    const old = [...body.childNodes];
    const box = el("textarea", { rows: 2, "aria-label": "New words" });
    box.value = plain(each.text);
    const back = () => body.replaceChildren(...old);
    body.replaceChildren(box,
      el("button", { type: "button", class: "button primary", onclick: () => deeds.edit(each, box.value) }, "Save"),
      el("button", { type: "button", class: "button", onclick: back }, "Cancel"));
    box.focus();
  } }, "Edit");
}

function look(each, world, follows) {
  return ["message", follows && "follows", each.private && "private", each.author === world.bot.id && "from-bot",
    each.kind === "notice" && "notice"].filter(Boolean).join(" ");
}

function face(each, world) {
  if (each.author === world.bot.id) return botAvatar();
  const person = world.people.find((p) => p.id === each.author);
  return person ? avatar(person) : houseAvatar();
}

function heading(each, world) {
  const bot = each.author === world.bot.id;
  const name = each.author === world.house ? "Playground" : world.nameOf(each.author);
  return el("header", {}, el("strong", {}, name), bot && el("span", { class: "badge" }, "app"),
    el("time", { datetime: each.iso, title: `${each.day}, ${each.time}` }, each.time),
    each.edited && el("span", { class: "edited" }, "edited"));
}

function file(each) {
  const size = each.size < 1000 ? `${each.size} bytes` : `${Math.round(each.size / 1000)} kB`;
  const address = `/playground/files/${encodeURIComponent(each.id)}/${encodeURIComponent(each.name)}`;
  return el("p", { class: "file" }, el("a", { href: address, download: each.name }, each.name), el("span", {}, `${size} · ${each.title}`));
}

function echo(each, world) {
  return el("p", { class: "echo", "data-ts": each.ts }, el("span", {}, "You typed"), el("code", {}, inline(each.text, world)));
}

// What the workspace's apps offer to do with a message, as in Slack's own menu.
function shortcuts(each, world, deeds) {
  if (each.private || each.kind !== "said" || !world.shortcuts.length) return null;
  const choices = world.shortcuts.map(([id, label]) => [label, () => deeds.choose({ channel: each.channel, ts: each.ts, shortcut: id })]);
  return el("div", { class: "tools" }, menu(choices, { name: "More actions with this message", look: "tool" }));
}

function threadLink(each, deeds) {
  if (each.private || each.kind !== "said") return null;
  const words = each.replies === 0 ? "Reply in thread" : each.replies === 1 ? "1 reply" : `${each.replies} replies`;
  return el("button", { type: "button", class: each.replies ? "replies" : "replies quiet", onclick: () => deeds.thread(each.ts) }, words);
}
