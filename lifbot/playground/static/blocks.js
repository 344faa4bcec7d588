// Block Kit as elements.

import { el, freshId } from "./dom.js";
import { control } from "./controls.js";
import { dots, emoji, inline, link, mrkdwn, plain, withEmoji } from "./mrkdwn.js";

// A text object: mrkdwn is rendered, plain text stays as it is but for emoji.
export function text(object, world) {
  if (!object) return [];
  if (typeof object === "string") return withEmoji(object);
  return object.type === "mrkdwn" ? mrkdwn(object.text, world) : withEmoji(object.text);
}

export const words = (object) => (typeof object === "string" ? object : object?.text ?? "");

const DRAW = {
  header: (block) => el("h3", { class: "b-header" }, withEmoji(words(block.text))),
  divider: () => el("hr", {}),
  section,
  context: (block, site) => el("div", { class: "b-context" }, block.elements.map((part) => contextPart(part, site))),
  actions: (block, site) => el("div", { class: "b-actions" }, block.elements.map((part) => control(part, block, site))),
  image: (block) => picture(block),
  input,
  rich_text: (block, site) => el("div", { class: "b-rich" }, block.elements.map((part) => rich(part, site.world))),
};

// `site` knows the world, the values held so far, what is wrong, and what to do when something is used.
export function blocks(list, site) {
  return list.map((block) => (DRAW[block.type] ? DRAW[block.type](block, site) : null)).filter(Boolean);
}

function section(block, site) {
  const fields = (block.fields ?? []).map((field) => el("div", {}, text(field, site.world)));
  return el("div", { class: "b-section" },
    el("div", { class: "b-words" },
      block.text && el("div", {}, text(block.text, site.world)),
      fields.length > 0 && el("div", { class: "b-fields" }, fields)),
    block.accessory && el("div", { class: "b-accessory" },
      block.accessory.type === "image" ? picture(block.accessory) : control(block.accessory, block, site)));
}

function contextPart(part, site) {
  return part.type === "image" ? picture(part) : el("span", {}, text(part, site.world));
}

// Pictures from elsewhere are never fetched; what they show is said instead.
function picture(block) {
  const caption = [words(block.title), block.alt_text].filter(Boolean).join(": ");
  return el("span", { class: "b-image", role: "img", "aria-label": caption }, `Image: ${plain(caption)}`);
}

function input(block, site) {
  const id = freshId("field");
  const wrong = site.errors?.[block.block_id];
  const many = ["radio_buttons", "checkboxes"].includes(block.element.type) || block.element.type.startsWith("multi_");
  const label = [withEmoji(words(block.label)), block.optional && el("span", { class: "optional" }, " (optional)")];
  const about = [block.hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  const field = control(block.element, block, site, { id, about, wrong: Boolean(wrong), many, required: !block.optional });
  return el(many ? "fieldset" : "div", { class: `b-input${wrong ? " wrong" : ""}`, "data-block": block.block_id },
    many ? el("legend", { id: `${id}-label` }, label) : el("label", { for: id }, label),
    field,
    wrong && el("p", { class: "error", id: `${id}-wrong`, role: "alert" }, wrong),
    block.hint && el("p", { class: "hint", id: `${id}-hint` }, words(block.hint)));
}

function rich(part, world) {
  const inside = () => part.elements.map((each) => (each.elements ? rich(each, world) : richLeaf(each, world)));
  if (part.type === "rich_text_list") {
    return el(part.style === "ordered" ? "ol" : "ul", {}, part.elements.map((each) => el("li", {}, rich(each, world))));
  }
  if (part.type === "rich_text_quote") return el("blockquote", {}, inside());
  if (part.type === "rich_text_preformatted") return el("pre", {}, inside());
  return el("p", {}, inside());
}

function richLeaf(leaf, world) {
  const style = leaf.style ?? {};
  let node = {
    text: () => dots(leaf.text), emoji: () => emoji(leaf.name), link: () => link(leaf.url, leaf.text ?? leaf.url),
    user: () => inline(`<@${leaf.user_id}>`, world), channel: () => inline(`<#${leaf.channel_id}>`, world),
    date: () => inline(`<!date^${leaf.timestamp}^${leaf.format}|${leaf.fallback ?? ""}>`, world),
  }[leaf.type]?.() ?? "";
  for (const [name, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"]]) {
    if (style[name]) node = el(tag, {}, node);
  }
  return node;
}
