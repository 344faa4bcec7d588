// A date field is shown in the order of the reader's browser; beside it the date stands in words, which nobody can misread.

import { el } from "./dom.js";

export function inWords(field) {
  const words = el("output", { class: "hint" });
  const say = () => {
    const moment = field.value ? new Date(`${field.value.slice(0, 10)}T00:00:00Z`) : null;
    const day = moment && new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" })
      .format(moment).replace(",", "");
    words.textContent = day ? [day, field.value.slice(11, 16)].filter(Boolean).join(", ") : "";
  };
  field.addEventListener("input", say);
  say();
  return words;
}
