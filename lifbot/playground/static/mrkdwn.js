// Slack's mrkdwn as elements. What is in the text stays text: only the few known forms become anything else.

import { el } from "./dom.js";
import { DOTS, EMOJI } from "./emoji.js";

const INLINE = /<([^<>\n]+)>|`([^`\n]+)`|(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])|(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])|(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?![\w~])|:([a-z0-9_+-]+):/g;
const SAFE = /^(https?:|mailto:)/i;

const CIRCLES = { "🔵": "blue", "🟢": "green", "🟡": "amber", "🟠": "amber", "🔴": "red", "⚪": "none" };

// Text nodes, but that coloured circles become the same dots everywhere, whatever fonts there are.
export function dots(text) {
  return text.split(/(🔵|🟢|🟡|🟠|🔴|⚪)/u).filter(Boolean).map((part) =>
    (part in CIRCLES ? el("span", { class: `dot dot-${CIRCLES[part]}`, role: "img", "aria-label": CIRCLES[part] }) : part));
}

export const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export function emoji(name) {
  if (name in DOTS) return el("span", { class: `dot dot-${DOTS[name]}`, role: "img", "aria-label": DOTS[name] });
  return name in EMOJI ? el("span", { class: "emoji" }, EMOJI[name]) : `:${name}:`;
}

// Only the emoji of a plain text; everything else is as written.
export function withEmoji(text) {
  return text.split(/:([a-z0-9_+-]+):/).map((part, index) => (index % 2 ? emoji(part) : dots(part)));
}

export function inline(text, world) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > end) nodes.push(...dots(plain(text.slice(end, found.index))));
    nodes.push(form(found, world));
    end = found.index + found[0].length;
  }
  if (end < text.length) nodes.push(...dots(plain(text.slice(end))));
  return nodes;
}

function form([, angle, code, bold, italic, strike, short], world) {
  if (angle !== undefined) return special(angle, world);
  if (code !== undefined) return el("code", {}, plain(code));
  if (bold !== undefined) return el("strong", {}, inline(bold, world));
  if (italic !== undefined) return el("em", {}, inline(italic, world));
  if (strike !== undefined) return el("s", {}, inline(strike, world));
  return emoji(short);
}

function special(inside, world) {
  const [target, ...rest] = inside.split("|");
  const label = rest.join("|");
  if (target.startsWith("@")) return el("span", { class: "mention" }, `@${world.nameOf(target.slice(1), label)}`);
  if (target.startsWith("#")) return el("span", { class: "mention" }, `#${world.channelOf(target.slice(1), label)}`);
  if (target.startsWith("!date^")) return dated(target, label, world);
  if (target.startsWith("!")) return el("span", { class: "mention loud" }, `@${label || target.slice(1)}`);
  return link(plain(target), plain(label || target));
}

export function link(address, label) {
  if (!SAFE.test(address)) return label;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

function dated(target, fallback, world) {
  const [, seconds, pattern] = target.split("^");
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return fallback;
  const say = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: world.zone, ...options }).format(moment);
  const long = () => say({ day: "numeric", month: "long", year: "numeric" });
  const words = {
    date: long, date_pretty: long, date_num: () => say({ year: "numeric", month: "2-digit", day: "2-digit" }),
    date_short: () => say({ day: "numeric", month: "short", year: "numeric" }),
    date_long: () => say({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).replace(",", ""),
    time: () => say({ hour: "2-digit", minute: "2-digit" }),
    time_secs: () => say({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  };
  const filled = (pattern || "{date}").replace(/\{(\w+)\}/g, (whole, name) => (words[name] ? words[name]() : whole));
  return el("time", { datetime: moment.toISOString() }, plain(filled));
}

// Whole texts: code fences, quotes, lists and lines.
export function mrkdwn(text, world) {
  return text.split(/```\n?/).flatMap((part, index) =>
    index % 2 ? [el("pre", {}, plain(part.replace(/\n$/, "")))] : lines(part, world));
}

const KINDS = [
  { test: /^(?:&gt;|>) ?/, tag: "blockquote", row: "div" },
  { test: /^\s*[•◦▪-] +/, tag: "ul", row: "li" },
  { test: /^\s*\d+[.)] +/, tag: "ol", row: "li" },
];

function lines(text, world) {
  const nodes = [];
  let open = null;
  for (const line of text.replace(/^\n|\n$/g, "").split("\n")) {
    const kind = KINDS.find(({ test }) => test.test(line));
    const content = inline(kind ? line.replace(kind.test, "") : line, world);
    if (!kind) {
      if (open?.kind === undefined && open) open.node.append(el("br"), ...content);
      else nodes.push((open = { node: el("p", {}, content) }).node);
      continue;
    }
    if (open?.kind !== kind) {
      open = { kind, node: el(kind.tag, kind.tag === "ol" ? { start: parseInt(line, 10) } : {}) };
      nodes.push(open.node);
    }
    open.node.append(el(kind.row, {}, content));
  }
  return text ? nodes : [];
}
