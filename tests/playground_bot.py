"""A tiny bot for the playground's tests: one command, one form, one Home and a few buttons, on a real Bolt app."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

SECRET, TOKEN = "playground-secret", "xoxb-playground"
Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def button(text: str, action_id: str, value: str = "", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": value, **more}


CARD: list[Json] = [
    {"type": "header", "text": plain("SE-2026-001 is due on 31 March 2026")},
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*Audit MASH thresholds* &amp; report to <#C0SE>\n> Where has it got to?"},
        "accessory": {
            "type": "overflow",
            "action_id": "more",
            "options": [{"text": plain("Show the history"), "value": "show SE-2026-001"}],
        },
    },
    {
        "type": "section",
        "fields": [
            {"type": "mrkdwn", "text": "*Agency*\nWest Yorkshire ICB"},
            {"type": "mrkdwn", "text": "*Status*\n:large_orange_circle: amber"},
        ],
    },
    {"type": "divider"},
    {
        "type": "actions",
        "block_id": "answers",
        "elements": [
            button("Done", "done", "done SE-2026-001", style="primary"),
            button("More time", "form"),
            button(
                "Cannot complete",
                "cannot",
                style="danger",
                confirm={"title": plain("Sure?"), "text": plain("It stays in the log.")},
            ),
            {
                "type": "static_select",
                "action_id": "snooze",
                "placeholder": plain("Snooze…"),
                "options": [{"text": plain("3 days"), "value": "3"}, {"text": plain("a week"), "value": "7"}],
            },
        ],
    },
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "The group can see your reply."}]},
]
FORM: Json = {
    "type": "modal",
    "callback_id": "more_time",
    "private_metadata": "SE-2026-001",
    "notify_on_close": True,
    "title": plain("Ask for more time"),
    "submit": plain("Send"),
    "close": plain("Not now"),
    "blocks": [
        {"type": "section", "text": {"type": "mrkdwn", "text": "*SE-2026-001* Audit MASH thresholds"}},
        {
            "type": "input",
            "block_id": "until",
            "label": plain("New date"),
            "hint": plain("For example: 30 June, or next meeting"),
            "element": {
                "type": "plain_text_input",
                "action_id": "until",
                "placeholder": plain("30 June"),
                "max_length": 40,
            },
        },
        {
            "type": "input",
            "block_id": "why",
            "label": plain("What got in the way?"),
            "element": {"type": "plain_text_input", "action_id": "why", "multiline": True, "max_length": 500},
        },
        {
            "type": "input",
            "block_id": "who",
            "optional": True,
            "label": plain("Who could help?"),
            "element": {"type": "users_select", "action_id": "who", "placeholder": plain("Choose a person")},
        },
        {
            "type": "input",
            "block_id": "tell",
            "optional": True,
            "label": plain("Who should know?"),
            "element": {"type": "multi_users_select", "action_id": "tell"},
        },
        {
            "type": "input",
            "block_id": "kind",
            "label": plain("What would help?"),
            "element": {
                "type": "radio_buttons",
                "action_id": "kind",
                "initial_option": {"text": plain("Only time"), "value": "time"},
                "options": [
                    {"text": plain("Only time"), "value": "time"},
                    {"text": plain("Help"), "value": "help", "description": plain("the chair will be asked")},
                ],
            },
        },
        {
            "type": "input",
            "block_id": "on",
            "optional": True,
            "label": plain("Talk about it on"),
            "element": {"type": "datepicker", "action_id": "on"},
        },
    ],
}


def bot(client: AsyncWebClient, heard: list[Json], slow: list[float]) -> AsyncApp:
    """A bot with one command, one form, one Home and a few buttons; it writes down all that it hears."""
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)

    @app.command("/lif")
    async def command(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        heard.append(body)
        match body.get("text", "").split(" ")[0]:
            case "card":
                await ack()
                await client.chat_postMessage(channel=body["channel_id"], text="A card", blocks=CARD)
            case "form":
                await client.views_open(trigger_id=body["trigger_id"], view=FORM)
                await ack()
            case "later":
                await ack()
                await respond("Here it is, later.")
            case "slow":
                await asyncio.sleep(3.3)
                await ack("too late")
            case "broken":
                await ack(blocks=[{"type": "header", "text": plain("x" * 151)}])
            case "":
                await ack()
            case _:
                await ack(f"You said: {body['text']}")

    @app.action("done")
    async def done(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        await ack()
        heard.append(body)
        await respond("Thank you. SE-2026-001 waits for sign-off.", replace_original=True)

    @app.action("form")
    async def more(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    for name in ("cannot", "snooze", "more"):

        @app.action(name)
        async def used(ack: AsyncAck, body: Json) -> None:
            await ack()
            heard.append(body)

    @app.shortcut("lif_log")
    async def chosen(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @app.view("more_time")
    async def submitted(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        said = body["view"]["state"]["values"]["until"]["until"]["value"]
        if said == "soon":
            await ack(response_action="errors", errors={"until": "“soon” is not a date. Try 30 June, or next meeting."})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Asked for more time: {said}")

    @app.view_closed("more_time")
    async def closed(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)

    @app.event("message")
    async def message(body: Json) -> None:
        heard.append(body)
        if slow:
            await asyncio.sleep(slow.pop())
        event = body["event"]
        if event["channel_type"] != "im":
            return
        thread = event.get("thread_ts") or event["ts"]
        await client.chat_postMessage(channel=event["channel"], thread_ts=thread, text=f"Noted: {event['text']}")

    @app.event("app_mention")
    async def mention(body: Json) -> None:
        heard.append(body)

    @app.event("app_home_opened")
    async def home(body: Json) -> None:
        heard.append(body)
        blocks = [{"type": "header", "text": plain("Your actions")}, *CARD[1:]]
        await client.views_publish(user_id=body["event"]["user"], view={"type": "home", "blocks": blocks})

    return app
