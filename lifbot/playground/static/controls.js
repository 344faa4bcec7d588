// Buttons, menus and fields. Each holds its value in site.values and tells site.use when it is used.

import { el, freshId } from "./dom.js";
import { inWords } from "./dates.js";
import { withEmoji } from "./mrkdwn.js";
import { confirmed } from "./confirm.js";

const label = (object) => (typeof object === "string" ? object : object?.text ?? "");
const FIELDS = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number" };
const PICKERS = { datepicker: ["date", "initial_date"], timepicker: ["time", "initial_time"] };

export function control(element, block, site, field = {}) {
  const held = hold(element, block, site);
  if (element.type === "button") return button(element, held, site);
  if (element.type === "overflow") return overflow(element, held, site);
  if (element.type in FIELDS) return textField(element, held, field);
  if (element.type in PICKERS) return picker(element, held, field);
  if (element.type === "radio_buttons") return choices(element, held, field, "radio", optionsOf(element));
  if (element.type === "checkboxes") return choices(element, held, field, "checkbox", optionsOf(element));
  if (element.type.startsWith("multi_")) return many(element, held, field, site);
  if (element.type.endsWith("_select")) return select(element, held, field, site);
  return el("span", { class: "hint" }, `(${element.type})`);
}

// What an element holds now, how to set it, and how to tell the bot.
function hold(element, block, site) {
  const values = (site.values[block.block_id] ??= {});
  if (!(element.action_id in values) && element.type !== "button") values[element.action_id] = initial(element);
  const tells = block.type !== "input" || block.dispatch_action;
  return {
    get: () => values[element.action_id],
    set: (value) => { values[element.action_id] = value; site.touched?.(block.block_id); },
    tell: async (picked, node) => {
      if (!tells || (element.confirm && !(await confirmed(element.confirm)))) return;
      node?.setAttribute("aria-busy", "true");
      await site.use({ action_id: element.action_id, block_id: block.block_id, picked });
      node?.removeAttribute("aria-busy");
    },
  };
}

function initial(element) {
  if (element.initial_options) return element.initial_options.map((option) => option.value);
  if (element.initial_option) return element.initial_option.value;
  const key = Object.keys(element).find((name) => name.startsWith("initial_"));
  return key ? element[key] : null;
}

function optionsOf(element) {
  return (element.options ?? element.option_groups?.flatMap((group) => group.options) ?? []).map((option) => ({
    value: option.value, label: label(option.text), about: label(option.description),
  }));
}

function peopleOrPlaces(element, site) {
  if (element.type.includes("users")) return site.world.people.map((p) => ({ value: p.id, label: p.name, about: p.title }));
  if (element.type.includes("conversations") || element.type.includes("channels")) {
    return site.world.channels.map((c) => ({ value: c.id, label: `#${c.name}` }));
  }
  return optionsOf(element);
}

function button(element, held, site) {
  const look = { primary: "button primary", danger: "button danger" }[element.style] ?? "button";
  const shared = { class: look, "aria-label": element.accessibility_label, "data-action": element.action_id };
  if (element.url && /^https?:/i.test(element.url)) {
    const open = { href: element.url, target: "_blank", rel: "noopener noreferrer", onclick: () => held.tell(null) };
    return el("a", { ...shared, ...open }, withEmoji(label(element.text)));
  }
  const node = el("button", { type: "button", ...shared, disabled: site.frozen }, withEmoji(label(element.text)));
  node.addEventListener("click", () => { if (!node.hasAttribute("aria-busy")) held.tell(null, node); });
  return node;
}

function overflow(element, held) {
  return menu(optionsOf(element).map((option) => [option.label, (opener) => held.tell(option.value, opener)]));
}

// A button with dots that opens a list of [label, what it does].
export function menu(choices, { name = "More choices", look = "button dots" } = {}) {
  const list = el("div", { class: "menu-list", popover: "auto", id: freshId("menu"), role: "menu" });
  const opener = el("button", { type: "button", class: look, "aria-label": name,
    "aria-haspopup": "menu", popovertarget: list.id }, "⋯");
  list.append(...choices.map(([label, does]) => el("button", { type: "button", role: "menuitem",
    onclick: () => { list.hidePopover(); does(opener); } }, withEmoji(label))));
  list.addEventListener("beforetoggle", (event) => {
    if (event.newState !== "open") return;
    const box = opener.getBoundingClientRect();
    list.style.top = `${Math.min(box.bottom + 4, innerHeight - 220)}px`;
    list.style.left = `${Math.max(8, Math.min(box.left, innerWidth - 250))}px`;
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const items = [...list.children];
    if (step) { event.preventDefault(); items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus(); }
  });
  return el("span", { class: "overflow" }, opener, list);
}

const described = (field) => ({
  id: field.id, "aria-describedby": field.about || null, "aria-invalid": field.wrong ? "true" : null,
  "aria-required": field.required ? "true" : null,
});

function textField(element, held, field) {
  const shared = { ...described(field), placeholder: label(element.placeholder), maxlength: element.max_length ?? 3000,
    "data-action": element.action_id, value: held.get() ?? "", "aria-label": field.id ? null : label(element.placeholder) };
  const node = element.multiline ? el("textarea", { ...shared, rows: 4 })
    : el("input", { ...shared, type: FIELDS[element.type], autocomplete: "off", step: element.is_decimal_allowed ? "any" : null });
  node.addEventListener("input", () => held.set(node.value || null));
  node.addEventListener("change", () => held.tell(node.value));
  return node;
}

function picker(element, held, field) {
  const [type] = PICKERS[element.type];
  const name = label(element.placeholder) || (type === "date" ? "Date" : "Time");
  const node = el("input", { ...described(field), type, value: held.get() ?? "", "data-action": element.action_id,
    class: "picker", "aria-label": field.id ? null : name });
  node.addEventListener("change", () => { held.set(node.value || null); if (node.value) held.tell(node.value, node); });
  return type === "date" ? el("span", { class: "dated" }, node, inWords(node)) : node;
}

function select(element, held, field, site) {
  const hint = label(element.placeholder) || "Choose…";
  const node = el("select", { ...described(field), "data-action": element.action_id, "aria-label": field.id ? null : hint },
    el("option", { value: "" }, hint), grouped(element, site));
  node.value = held.get() ?? "";
  node.addEventListener("change", () => { held.set(node.value || null); if (node.value) held.tell(node.value, node); });
  return node;
}

function grouped(element, site) {
  const option = (each) => el("option", { value: each.value }, each.label);
  if (!element.option_groups) return peopleOrPlaces(element, site).map(option);
  return element.option_groups.map((group) =>
    el("optgroup", { label: label(group.label) }, optionsOf({ options: group.options }).map(option)));
}

function many(element, held, field, site) {
  return choices(element, held, field, "checkbox", peopleOrPlaces(element, site), "choices tall");
}

function choices(element, held, field, type, options, look = "choices") {
  const name = freshId("choice");
  const boxes = options.map((option) => {
    const box = el("input", { type, name, value: option.value, "aria-invalid": field.wrong ? "true" : null });
    box.checked = type === "radio" ? held.get() === option.value : (held.get() ?? []).includes(option.value);
    return el("label", { class: "choice" }, box, el("span", {}, withEmoji(option.label),
      option.about && el("small", {}, withEmoji(option.about))));
  });
  const node = el("div", { class: look, role: type === "radio" ? "radiogroup" : "group", "data-action": element.action_id,
    "aria-labelledby": field.id ? `${field.id}-label` : null, "aria-describedby": field.about || null }, boxes);
  node.addEventListener("change", () => {
    const picked = [...node.querySelectorAll("input:checked")].map((box) => box.value);
    held.set(type === "radio" ? picked[0] ?? null : picked);
    held.tell(held.get());
  });
  return node;
}
