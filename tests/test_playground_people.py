"""The playground as people use it: what they say, type, click and fill in reaches the bot in Slack's own shapes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.playground_bot import FORM, Json
from tests.playground_world import BEN, CLEO, EVE, SE, World, open_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def opened_form(world: World, who: str) -> Json:
    await world.say(who, SE, "/lif form")
    modal: Json = (await world.sees(who, SE))["modal"]
    return modal


async def card(world: World, who: str) -> Json:
    await world.say(who, SE, "/lif card")
    message: Json = (await world.sees(who, SE))["messages"][-1]
    return message


async def heard(world: World, count: int) -> list[Json]:
    """What the bot has heard, once it is that many requests."""
    for _ in range(200):
        if len(world.heard) >= count:
            break
        await asyncio.sleep(0.02)
    return world.heard


async def test_a_command_is_answered_to_the_asker_alone(world: World) -> None:
    await world.say(BEN, SE, "/lif hello")
    assert await world.texts(BEN, SE) == ["/lif hello", "You said: hello"]
    assert await world.texts(CLEO, SE) == []


async def test_a_command_brings_people_and_channels_as_slack_does(world: World) -> None:
    await world.say(BEN, SE, "/lif action add a & b <x> owner:@cleo see #safeguarding-effectiveness mail a@cleo.org")
    [body] = world.heard
    assert body["text"] == (
        "action add a &amp; b &lt;x&gt; owner:<@U0CLEO|cleo> see <#C0SE|safeguarding-effectiveness> mail a@cleo.org"
    )
    assert (body["channel_name"], body["user_name"], body["team_id"]) == ("safeguarding-effectiveness", "ben", "T0001")
    await world.say(CLEO, "D0CLEO", "/lif action list")
    assert (world.heard[1]["channel_name"], world.heard[1]["channel_id"]) == ("directmessage", "D0CLEO")


@pytest.mark.parametrize(
    ("line", "thread", "answer"),
    [
        ("/lif slow", False, '/lif failed with the error "operation_timeout". Please try again in a moment.'),
        ("/giphy cat", False, "/giphy is not a command here. Try /lif help."),
        (
            "/lif hello",
            True,
            "/lif does not work in a thread. Type it in the channel, or in your messages with lifbot.",
        ),
    ],
)
async def test_a_command_that_goes_wrong_says_so(world: World, line: str, thread: bool, answer: str) -> None:
    first = await world.client.chat_postMessage(channel=SE, text="Agenda")
    ts = str(first["ts"]) if thread else None
    await world.say(BEN, SE, line, thread=ts)
    state = await world.sees(BEN, SE, ts)
    shown = state["thread"]["messages"] if thread else state["messages"]
    assert (shown[-1]["text"], shown[-1]["private"]) == (answer, True)


async def test_an_answer_that_slack_would_refuse_is_named(world: World) -> None:
    await world.say(BEN, SE, "/lif broken")
    assert "invalid_blocks" in (await world.texts(BEN, SE))[-1]


async def test_a_later_answer_comes_by_its_own_address(world: World) -> None:
    await world.say(BEN, SE, "/lif later")
    assert (await world.texts(BEN, SE))[-1] == "Here it is, later."
    address = world.heard[0]["response_url"]
    for _ in range(4):
        assert (await world.page.post(address, json={"text": "more", "response_type": "in_channel"})).status_code == 200
    assert (await world.page.post(address, json={"text": "a sixth"})).status_code == 404
    assert await world.texts(CLEO, SE) == ["more"] * 4


async def test_words_reach_the_bot_as_slack_tells_them_and_a_mention_in_two_ways(world: World) -> None:
    await world.say(CLEO, "D0CLEO", "done, training delivered")
    await world.say(CLEO, SE, "good morning")
    await world.say(CLEO, SE, "@lifbot help & <b>")
    im, *others = (body["event"] for body in await heard(world, 4))
    assert sorted((each["type"], each["text"]) for each in others) == [
        ("app_mention", "<@U0LIFBOT> help &amp; &lt;b&gt;"),
        ("message", "<@U0LIFBOT> help &amp; &lt;b&gt;"),
        ("message", "good morning"),
    ]
    assert {each["channel_type"] for each in others if each["type"] == "message"} == {"channel"}
    assert (im["type"], im["channel_type"], im["channel"], im["text"]) == (
        "message",
        "im",
        "D0CLEO",
        "done, training delivered",
    )
    thread = (await world.sees(CLEO, "D0CLEO", im["ts"]))["thread"]["messages"]
    assert [message["text"] for message in thread] == ["done, training delivered", "Noted: done, training delivered"]


async def test_a_thread_in_direct_messages_keeps_its_thread(world: World) -> None:
    first = await world.client.chat_postMessage(channel=CLEO, text="SE-2026-001 is due")
    await world.say(CLEO, "D0CLEO", "done", thread=str(first["ts"]))
    assert (await heard(world, 1))[0]["event"]["thread_ts"] == first["ts"]
    lost = await world.say(CLEO, "D0CLEO", "done", thread="1.000001")
    assert lost["error"] == "message_not_found"


async def test_an_event_that_is_not_taken_in_time_comes_again(world: World) -> None:
    world.slow.append(3.2)
    await world.say(CLEO, "D0CLEO", "update")
    first, second = await heard(world, 2)
    assert first["event_id"] == second["event_id"]
    await asyncio.sleep(0.1)
    assert world.workspace.deliveries.waiting() == []


async def test_an_event_survives_the_end_of_the_process(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        body = {
            "type": "event_callback",
            "event_id": "Ev1",
            "team_id": "T0001",
            "event": {
                "type": "message",
                "channel": "D0CLEO",
                "channel_type": "im",
                "user": CLEO,
                "text": "done",
                "ts": "1.000001",
            },
        }
        world.workspace.deliveries.keep(body)
    async with open_world(tmp_path) as world:
        assert (await heard(world, 1))[0]["event"]["text"] == "done"


async def test_a_click_brings_what_slack_brings(world: World) -> None:
    message = await card(world, BEN)
    at = {"channel": SE, "ts": message["ts"]}
    await world.do("click", BEN, **at, block_id="answers", action_id="snooze", picked="7")
    chosen = world.heard[-1]
    assert chosen["actions"][0]["selected_option"]["value"] == "7"
    assert chosen["message"]["ts"] == chosen["container"]["message_ts"] == message["ts"]
    assert chosen["state"]["values"]["answers"]["snooze"]["selected_option"] is None
    await world.do("click", CLEO, **at, action_id="done")
    assert (world.heard[-1]["user"]["id"], world.heard[-1]["actions"][0]["value"]) == (CLEO, "done SE-2026-001")
    assert (await world.texts(BEN, SE))[-1] == "Thank you. SE-2026-001 waits for sign-off."


async def test_only_buttons_that_are_there_can_be_pressed(world: World) -> None:
    message = await card(world, BEN)
    gone = await world.do("click", BEN, channel=SE, ts=message["ts"], action_id="delete everything")
    assert gone["error"] == "action_not_found"
    private = await world.client.chat_postEphemeral(channel=SE, user=BEN, text="x", blocks=message["blocks"])
    ts = str(private["message_ts"])
    assert (await world.do("click", EVE, channel=SE, ts=ts, action_id="done"))["error"] == "message_not_found"
    await world.do("click", BEN, channel=SE, ts=ts, block_id="answers", action_id="snooze", picked="3")
    assert world.heard[-1]["container"]["is_ephemeral"]
    assert "message" not in world.heard[-1]


async def test_a_form_keeps_to_its_fields_and_the_bot_may_complain(world: World) -> None:
    modal = await opened_form(world, BEN)
    empty = await world.do("submit", BEN, view_id=modal["id"], values={})
    assert empty["errors"] == {"until": "Please complete this field.", "why": "Please complete this field."}
    long = {"until": {"until": "x" * 41}, "why": {"why": "a reason"}}
    assert "40 characters" in (await world.do("submit", BEN, view_id=modal["id"], values=long))["errors"]["until"]
    vague = {"until": {"until": "soon"}, "why": {"why": "a reason"}}
    assert "not a date" in (await world.do("submit", BEN, view_id=modal["id"], values=vague))["errors"]["until"]
    clear = {**vague, "until": {"until": "30 June"}, "tell": {"tell": [CLEO]}, "on": {"on": "2026-06-01"}}
    assert (await world.do("submit", BEN, view_id=modal["id"], values=clear))["errors"] == {}
    assert (await world.sees(BEN, SE))["modal"] is None
    view = world.heard[-1]["view"]
    assert view["private_metadata"] == "SE-2026-001"
    assert view["state"]["values"]["kind"]["kind"]["selected_option"]["value"] == "time"
    assert view["state"]["values"]["tell"]["tell"]["selected_users"] == [CLEO]
    assert view["state"]["values"]["on"]["on"]["selected_date"] == "2026-06-01"
    assert view["state"]["values"]["who"]["who"]["selected_user"] is None


async def test_a_form_belongs_to_one_person_and_closing_it_is_told(world: World) -> None:
    modal = await opened_form(world, BEN)
    assert (await world.sees(CLEO, SE))["modal"] is None
    assert (await world.do("submit", CLEO, view_id=modal["id"], values={}))["error"] == "not_found"
    pushed = await world.client.views_push(trigger_id=world.workspace.triggers.new(BEN), view=FORM)
    assert pushed["view"]["previous_view_id"] == modal["id"]
    await world.do("dismiss", BEN, view_id=pushed["view"]["id"])
    assert (await world.sees(BEN, SE))["modal"]["id"] == modal["id"]
    await world.do("dismiss", BEN, view_id=modal["id"])
    assert [body["type"] for body in world.heard[-2:]] == ["view_closed", "view_closed"]
    assert (await world.sees(BEN, SE))["modal"] is None


async def test_home_is_filled_when_it_is_opened_and_its_buttons_work(world: World) -> None:
    await world.do("home", CLEO)
    home = (await world.sees(CLEO, "home"))["home"]
    assert home["blocks"][0]["text"]["text"] == "Your actions"
    await world.do("click", CLEO, view_id=home["id"], action_id="snooze", picked="3")
    assert world.heard[-1]["container"] == {"type": "view", "view_id": home["id"]}


async def test_unread_messages_are_counted_for_each_person(world: World) -> None:
    await world.client.chat_postMessage(channel=CLEO, text="One")
    await world.client.chat_postMessage(channel=CLEO, text="Two")
    waiting = {person["id"]: person["unread"] for person in (await world.sees(BEN, SE))["people"]}
    assert (waiting[CLEO], waiting[BEN]) == (2, 0)
    await world.do("read", CLEO, place="D0CLEO")
    assert (await world.sees(CLEO, SE))["dm"]["unread"] == 0


async def test_messages_bear_the_time_of_the_workspace_and_the_clock_moves_on(world: World) -> None:
    await world.say(BEN, SE, "before")
    moved = await world.do("clock", BEN, label="+1 day")
    assert moved["trouble"] is None
    await world.say(BEN, SE, "after")
    before, after = (await world.sees(BEN, SE))["messages"]
    assert (before["day"], after["day"]) == ("Tuesday 31 March 2026", "Wednesday 1 April 2026")
    assert datetime.fromisoformat(after["iso"]) - datetime.fromisoformat(before["iso"]) >= timedelta(days=1)
    await world.do("clock", BEN, now="2026-06-01T09:00", mode="jump")
    assert world.clock.moves[-1] == {"now": "2026-06-01T09:00:00+01:00", "mode": "jump"}
    back = await world.do("clock", BEN, now="2026-01-01T09:00")
    assert back["trouble"] == "The clock only goes forward. Choose a later date."


async def test_a_message_is_chosen_in_slacks_own_shape(world: World) -> None:
    await world.say(CLEO, SE, "Ask @ben about schools & attendance")
    ts = (await world.sees(BEN, SE))["messages"][-1]["ts"]
    assert (await world.do("choose", BEN, channel=SE, ts=ts, shortcut="lif_log")) == {"ok": True, "trouble": None}
    body = world.heard[-1]
    assert (body["type"], body["callback_id"], body["user"]["id"]) == ("message_action", "lif_log", BEN)
    assert (body["channel"], body["message_ts"]) == ({"id": SE, "name": "safeguarding-effectiveness"}, ts)
    assert (body["message"]["user"], body["message"]["ts"]) == (CLEO, ts)
    assert body["message"]["text"] == "Ask <@U0BEN> about schools &amp; attendance"
    link = await world.client.chat_getPermalink(channel=SE, message_ts=ts)
    assert link["permalink"] == f"{world.url}/#{SE}"
    assert {"trigger_id", "response_url", "action_ts", "team"} <= body.keys()


async def test_what_is_no_message_of_the_place_cannot_be_chosen(world: World) -> None:
    await world.say(BEN, SE, "/lif hello")
    private = (await world.sees(BEN, SE))["messages"][-1]["ts"]
    for told in (
        {"ts": private},
        {"ts": "1.1"},
        {"channel": "C0NONE"},
        {"shortcut": "other"},
        {"ts": private, "shortcut": []},
    ):
        answer = await world.do("choose", BEN, **{"channel": SE, "ts": private, "shortcut": "lif_log", **told})
        assert answer["ok"] is False
    assert [body.get("type") for body in world.heard] == [None]
