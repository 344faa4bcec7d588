// Talking to the playground's own server, and to nobody else.

const WORDS = {
  no_text: "There is nothing to send yet.",
  msg_too_long: "That is longer than 12,000 characters. Please shorten it.",
  message_not_found: "That message is no longer there.",
  not_found: "That form is no longer open.",
  action_not_found: "That button is no longer there.",
};

export async function get(path, query = {}) {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  const answer = await fetch(`/playground/${path}?${asked}`, { headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}

// The answer as JSON; a kind line in `trouble` when it did not work.
export async function post(path, told) {
  try {
    const answer = await fetch(`/playground/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(told),
    });
    const body = await answer.json();
    return body.ok ? body : { ...body, trouble: WORDS[body.error] ?? `That did not work (${body.error}).` };
  } catch {
    return { ok: false, trouble: "The playground is not answering. Is the program still running?" };
  }
}

export function listen(changed, connected) {
  const source = new EventSource("/playground/stream");
  source.onmessage = (event) => changed(Number(event.data));
  source.onopen = () => connected(true);
  source.onerror = () => connected(false);
}
