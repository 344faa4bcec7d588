"""files.*: a file is uploaded to an address of its own, and then shared with a message."""

import json
from typing import Any

from lifbot.playground.cast import BOT
from lifbot.playground.messages import Draft
from lifbot.playground.methods.asked import Asked, Method
from lifbot.playground.refusal import Json, Refusal


def upload_url(asked: Asked) -> Json:
    """The address that takes a file's bytes."""
    id = asked.workspace.files.expect(asked.text("filename"), int(asked.text("length")))
    return {"upload_url": f"{asked.here}/playground/upload/{id}", "file_id": id}


def complete(asked: Asked) -> Json:
    """Shares uploaded files in a place."""
    wanted = _wanted(asked.args.get("files"))
    for each in wanted:
        if not asked.workspace.files.content(each["id"]):
            raise Refusal("file_not_found")
    channel = asked.workspace.place(asked.text("channel_id"))
    if BOT not in asked.workspace.members(channel):
        raise Refusal("not_in_channel")
    text = asked.maybe("initial_comment") or ""
    message = asked.workspace.messages.post(Draft(channel, BOT, text, asked.at))
    for each in wanted:
        asked.workspace.files.share(each["id"], str(each.get("title") or ""), message.ts)
    asked.workspace.database.ring()
    shares = {"private": {channel: [{"ts": message.ts}]}}
    files = asked.workspace.files.of(message.ts)
    return {"files": [{**each.as_slack(asked.here), "shares": shares} for each in files]}


def _wanted(files: Any) -> list[Json]:
    found = json.loads(files) if isinstance(files, str) else files
    if not isinstance(found, list) or not found or not all(isinstance(each, dict) and each.get("id") for each in found):
        raise Refusal("invalid_arguments", "files")
    return found


METHODS: dict[str, Method] = {
    "files.getUploadURLExternal": upload_url,
    "files.completeUploadExternal": complete,
}
