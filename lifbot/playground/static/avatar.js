// Faces: initials on a colour that belongs to the person; lifbot has its mark.

import { el } from "./dom.js";

export function avatar(person, size = "") {
  return el("span", { class: `avatar hue-${person.hue} ${size}`, "aria-hidden": "true" }, person.initials);
}

export function botAvatar(size = "") {
  return el("img", { class: `avatar ${size}`, src: "/playground/assets/mark.svg", alt: "", width: 36, height: 36 });
}

export function houseAvatar(size = "") {
  return el("span", { class: `avatar house ${size}`, "aria-hidden": "true" }, "i");
}
