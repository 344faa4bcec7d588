// A few of the short names that lifbot and people use. Coloured circles are drawn by the style sheet.

export const DOTS = {
  large_blue_circle: "blue", large_green_circle: "green", large_yellow_circle: "amber", large_orange_circle: "amber",
  red_circle: "red", white_circle: "none", black_circle: "none",
};

export const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", warning: "⚠️", bell: "🔔", calendar: "📅", date: "📅",
  spiral_calendar_pad: "🗓️", memo: "📝", tada: "🎉", eyes: "👀", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  arrow_right: "➡️", arrow_up: "⬆️", star: "⭐", star2: "🌟", sparkles: "✨", speech_balloon: "💬", point_right: "👉",
  pushpin: "📌", link: "🔗", bulb: "💡", thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", wave: "👋",
  mag: "🔍", page_facing_up: "📄", clipboard: "📋", lock: "🔒", information_source: "ℹ️", handshake: "🤝",
  pray: "🙏", clap: "👏", smile: "😄", slightly_smiling_face: "🙂", heart: "❤️", rocket: "🚀", repeat: "🔁",
  alarm_clock: "⏰", inbox_tray: "📥", outbox_tray: "📤", mega: "📣", books: "📚", seedling: "🌱", question: "❓",
  leftwards_arrow_with_hook: "↩️", heavy_plus_sign: "➕", bust_in_silhouette: "👤", busts_in_silhouette: "👥",
};
