"""What the bot answers to a command or at a response address."""

from lifbot.playground.answers import Answering
from lifbot.playground.cast import BOT
from lifbot.playground.limits import broken_in
from lifbot.playground.refusal import Json, Refusal
from lifbot.playground.shapes import with_ids
from lifbot.playground.stage import Stage


def content(body: Json) -> tuple[str, list[Json]]:
    """Text and blocks of a message the bot wants shown; refused when Slack would refuse it."""
    blocks = body.get("blocks") or []
    broken = broken_in(blocks, "message")
    if broken:
        raise Refusal("invalid_blocks", *broken)
    text = str(body.get("text") or "")[:40_000]
    if not text and not blocks:
        raise Refusal("no_text")
    return text, with_ids(blocks)


async def answer_command(stage: Stage, answering: Answering, body: Json) -> None:
    """Shows the answer to a command; an empty one only says that it arrived."""
    if not body.get("text") and not body.get("blocks"):
        return
    try:
        await _show(stage, answering, body)
    except Refusal as refusal:
        await stage.post(
            answering.channel,
            BOT,
            f"lifbot's answer cannot be shown: {refusal.error} {' '.join(refusal.details)}",
            only_for=answering.person,
            kind="notice",
        )


async def answer_later(stage: Stage, token: str, body: Json) -> None:
    """Does what was posted to a response address."""
    answering = stage.workspace.answers.use(token)
    messages = stage.workspace.messages
    if body.get("delete_original") and answering.original_ts:
        return messages.remove(messages.find(answering.channel, answering.original_ts))
    if body.get("replace_original") and answering.original_ts:
        text, blocks = content(body)
        messages.change(messages.find(answering.channel, answering.original_ts), text, blocks)
        return None
    return await _show(stage, answering, body)


async def _show(stage: Stage, answering: Answering, body: Json) -> None:
    text, blocks = content(body)
    alone = None if body.get("response_type") == "in_channel" else answering.person
    thread = body.get("thread_ts") or answering.thread_ts
    await stage.post(answering.channel, BOT, text, blocks=blocks, only_for=alone, thread_ts=thread)
