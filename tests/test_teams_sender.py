"""What goes out to Teams: into whose conversation, how fast, and what each of the connector's answers means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from lifbot.errors import TryLater, Undeliverable
from lifbot.message import Address, Ask, Button, Heading, Message, Parcel, Receipt, Say
from lifbot.settings import Settings
from lifbot.teams.connector import Connector, client
from lifbot.teams.credentials import token_url
from lifbot.teams.references import Reference
from lifbot.teams.sender import TeamsSender
from tests.fake_teams import BOT, CLIENT, SECRET, TENANT, FakeTeams, fake_teams
from tests.teams_wire import BEN, BEN_HERE, CHANNEL, CHAT, CLEO, Kept, settings, texts

REMINDER = Message((Say("SE-2026-014 is due."), Ask("", (Button("Done", "action done SE-2026-014"),))), "A reminder")
AGENDA = Message((Heading("Matters arising"), Say("SE-2026-014 Audit")))
POST = "POST /v3/conversations"


@dataclass
class Out:
    """The sender under test, with a clock that only its own waiting moves."""

    teams: FakeTeams
    sender: TeamsSender
    connector: Connector
    kept: Kept
    waits: list[float] = field(default_factory=list)
    clock: float = 0.0

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.clock += seconds

    async def knows(self, **other: Any) -> None:
        ben = {"conversation": CHAT, "who": BEN, "user": BEN_HERE}
        given = {"tenant": TENANT, "service_url": self.teams.service_url, "bot": BOT, **ben, **other}
        await self.kept.remember(Reference(**given))

    async def knows_channel(self, channel: str = CHANNEL) -> None:
        await self.knows(conversation=channel, channel=channel, who=None, user=None)


@pytest.fixture
async def out() -> AsyncIterator[Out]:
    async with fake_teams() as teams, client() as http:
        given = settings(teams)
        kept = Kept()
        connector = Connector(given, http, monotonic=lambda: it.clock)
        sender = TeamsSender(given, connector, kept, sleep=lambda s: it.sleep(s), monotonic=lambda: it.clock)
        it = Out(teams, sender, connector, kept)
        yield it


def parcel(to: str = BEN, message: Message = REMINDER, *, team: str | None = TENANT, **other: Any) -> Parcel:
    address = Address("teams", team, to, direct=not to.startswith("19:"))
    return Parcel(**{"key": "kirklees/remind/1", "address": address, "message": message, "again": False, **other})


# Into which conversation


async def test_a_reminder_goes_to_the_persons_own_chat(out: Out) -> None:
    await out.knows()
    assert await out.sender.send(parcel()) == Receipt(CHAT, "sent-1")
    (call,) = out.teams.calls
    assert call.what == "POST /v3/conversations/a%3Achat-with-ben/activities"
    assert call.token == "Bearer token-1"
    assert (call.body["type"], call.body["summary"], call.body["from"]) == ("message", "A reminder", {"id": BOT})
    assert "SE-2026-014 is due." in texts(call.body)


@pytest.mark.parametrize("team", [TENANT, None, f"another, {TENANT.upper()}"])
async def test_the_partnerships_tenants_are_looked_through(out: Out, team: str | None) -> None:
    await out.knows()
    assert (await out.sender.send(parcel(team=team))).channel == CHAT


async def test_somebody_who_has_lifbot_but_never_wrote_is_written_to_by_their_directory_id(out: Out) -> None:
    await out.knows()
    assert await out.sender.send(parcel(CLEO)) == Receipt(f"a:{CLEO}", "sent-2")
    opening = out.teams.calls[0]
    assert opening.what == POST
    tenant = {"tenantId": TENANT, "channelData": {"tenant": {"id": TENANT}}}
    assert opening.body == {"isGroup": False, "bot": {"id": BOT}, "members": [{"id": CLEO}], **tenant}
    await out.sender.send(parcel(CLEO))
    assert len(out.teams.called(POST)) == 3  # the chat is known from now on


async def test_where_nobody_of_the_tenant_ever_wrote_the_message_waits(out: Out) -> None:
    with pytest.raises(TryLater) as caught:
        await out.sender.send(parcel())
    assert (caught.value.reason, caught.value.after) == ("has not added lifbot yet", 3600)
    assert out.teams.calls == []


@pytest.mark.parametrize(
    "refusal",
    [
        {"error": {"code": "BotNotInConversationRoster", "message": "The bot is not part of the conversation roster."}},
        {"error": {"code": "ForbiddenOperationException"}},
        {},
        "Forbidden",
    ],
)
async def test_somebody_who_has_not_added_lifbot_is_waited_for(out: Out, refusal: Any) -> None:
    await out.knows()
    out.teams.answer(POST, refusal, status=403)
    with pytest.raises(TryLater) as caught:
        await out.sender.send(parcel(CLEO))
    assert (caught.value.reason, caught.value.after) == ("has not added lifbot yet", 3600)
    assert await out.sender.send(parcel(CLEO, again=True)) == Receipt(f"a:{CLEO}", "sent-3")  # an hour later


@pytest.mark.parametrize(("status", "code"), [(403, "BotDisabledByAdmin"), (400, "BadSyntax")])
async def test_what_teams_will_never_open_is_not_waited_for(out: Out, status: int, code: str) -> None:
    await out.knows()
    out.teams.answer(POST, {"error": {"code": code}}, status=status)
    with pytest.raises(Undeliverable, match=r"disabled_by_admin|BadSyntax"):
        await out.sender.send(parcel(CLEO))


async def test_an_agenda_begins_a_thread_in_the_channel(out: Out) -> None:
    await out.knows_channel()
    receipt = await out.sender.send(parcel(CHANNEL, AGENDA))
    assert receipt == Receipt(CHANNEL, f"{CHANNEL};messageid=1701")  # as Teams names it in what is said there
    body = out.teams.calls[0].body
    assert (out.teams.calls[0].what, body["isGroup"]) == (POST, True)
    assert body["channelData"] == {"channel": {"id": CHANNEL}, "tenant": {"id": TENANT}}
    assert body["activity"]["summary"] == "Matters arising"  # nothing of the items on anybody's lock screen


async def test_a_channel_where_nobody_wrote_yet_is_reached_by_what_is_known_of_the_tenant(out: Out) -> None:
    await out.knows()
    assert (await out.sender.send(parcel(CHANNEL, AGENDA))).channel == CHANNEL
    out.teams.answer(POST, {"error": {"code": "BotNotInConversationRoster"}}, status=403)
    with pytest.raises(Undeliverable, match="removed"):
        await out.sender.send(parcel(CHANNEL, AGENDA))
    assert await out.kept.personal(TENANT, BEN)  # that is about the channel, not about Ben
    with pytest.raises(TryLater, match="no team"):
        await out.sender.send(parcel(CHANNEL, AGENDA, team="another"))


@pytest.mark.parametrize("known", [True, False])
async def test_a_group_chat_has_no_threads(out: Out, known: bool) -> None:
    chat = "19:a-meeting@thread.v2"
    await (out.knows_channel(chat) if known else out.knows())
    assert await out.sender.send(parcel(chat, AGENDA)) == Receipt(chat, "sent-1")
    assert out.teams.calls[0].what == "POST /v3/conversations/19%3Aa-meeting%40thread.v2/activities"


# What the answers mean

FOREVER = {
    "ConversationBlockedByUser": "blocked",
    "BotNotInConversationRoster": "removed",
    "BotDisabledByAdmin": "disabled_by_admin",
    "ForbiddenOperationException": "removed",
    "NotEnoughPermissions": "NotEnoughPermissions",
    "<b>words of a page</b>": "forbidden",
}


@pytest.mark.parametrize(("code", "reason"), FOREVER.items())
async def test_each_403_is_named(out: Out, code: str, reason: str) -> None:
    await out.knows()
    out.teams.answer(POST, {"error": {"code": code, "message": "…"}}, status=403)
    with pytest.raises(Undeliverable) as caught:
        await out.sender.send(parcel())
    assert caught.value.reason == reason
    assert (await out.kept.personal(TENANT, BEN) is None) == (reason == "removed")


@pytest.mark.parametrize(
    "body",
    [
        {"subCode": "MessageWritesBlocked", "error": {"code": "Forbidden"}},
        {"error": {"code": "Forbidden", "subCode": "MessageWritesBlocked"}},
    ],
)
async def test_a_subcode_says_more_than_a_code(out: Out, body: Any) -> None:
    await out.knows()
    out.teams.answer(POST, body, status=403)
    with pytest.raises(Undeliverable, match="blocked"):
        await out.sender.send(parcel())


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (404, {"error": {"code": "ConversationNotFound"}}, "not_found"),
        (413, "", "too_large"),
        (400, {"error": {"code": "BadSyntax"}}, "BadSyntax"),
        (400, "[" * 100_000, "http_400"),
        (405, "<html>", "http_405"),
    ],
)
async def test_what_will_never_arrive_is_undeliverable(out: Out, status: int, body: Any, reason: str) -> None:
    await out.knows()
    out.teams.answer(POST, body, status=status)
    with pytest.raises(Undeliverable) as caught:
        await out.sender.send(parcel())
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (412, {"error": {"code": "PreconditionFailed"}}, "http_412"),
        (500, {"error": {"code": "ServiceError"}}, "http_500"),
        (502, "<html>", "http_502"),
        (503, "", "http_503"),
        (504, "", "http_504"),
        (302, "", "unreadable_answer"),
        (201, "<html>garbage</html>", "unreadable_answer"),
        (201, {}, "unreadable_answer"),
        (201, [], "unreadable_answer"),
        (201, {"id": 7}, "unreadable_answer"),
        (201, "[" * 100_000, "unreadable_answer"),
    ],
)
async def test_what_may_yet_arrive_is_tried_later(out: Out, status: int, body: Any, reason: str) -> None:
    await out.knows()
    out.teams.answer(POST, body, status=status)
    with pytest.raises(TryLater) as caught:
        await out.sender.send(parcel())
    assert caught.value.reason == reason
    assert (await out.sender.send(parcel(again=True))).channel == CHAT


async def test_a_connector_that_breaks_off_or_is_not_there_is_tried_later(out: Out) -> None:
    await out.knows()
    out.teams.silence(POST, 0)
    with pytest.raises(TryLater):
        await out.sender.send(parcel())
    await out.knows(service_url="http://127.0.0.1:9/")
    with pytest.raises(TryLater, match="ConnectError"):
        await out.sender.send(parcel())


@pytest.mark.parametrize("wait", ["/token", "/v3"])
async def test_silence_has_an_end(out: Out, wait: str) -> None:
    await out.knows()
    given = settings(out.teams)
    hasty = TeamsSender(given, Connector(given, out.connector.http, seconds=0.2), out.kept)
    out.teams.silence(f"POST {wait}", 1)
    with pytest.raises(TryLater, match="TimeoutError"):
        await hasty.send(parcel())


@pytest.mark.parametrize(("header", "after"), [("7", 7.0), ("99999", 3600.0), ("soon", None), ("-1", 0.0)])
async def test_too_fast_is_heeded(out: Out, header: str, after: float | None) -> None:
    await out.knows()
    out.teams.answer(POST, {}, status=429, Retry_After=header)
    with pytest.raises(TryLater) as caught:
        await out.sender.send(parcel())
    assert (caught.value.reason, caught.value.after) == ("ratelimited", after)
    pause = after or 30.0
    if pause > 10:
        with pytest.raises(TryLater, match="pacing"):
            await out.sender.send(parcel(again=True))
    else:
        await out.sender.send(parcel(again=True))
        assert out.waits == [pause]


async def test_an_address_that_is_not_safe_gets_no_token(out: Out) -> None:
    await out.knows(service_url="http://smba.example.org/")
    with pytest.raises(Undeliverable, match="service_url"):
        await out.sender.send(parcel())
    assert out.teams.tokens_given == 0


# The bot's own token


async def test_the_token_is_asked_for_once_and_kept_until_shortly_before_its_end(out: Out) -> None:
    await out.knows()
    await asyncio.gather(*(out.sender.send(parcel(key=str(n))) for n in range(3)))
    assert out.teams.tokens_given == 1
    assert out.teams.asked_for_token == {
        "grant_type": "client_credentials",
        "client_id": CLIENT,
        "client_secret": SECRET,
        "scope": "https://api.botframework.com/.default",
    }
    out.clock = 3600 - 301
    await out.sender.send(parcel())
    assert out.teams.tokens_given == 1
    out.clock = 3600 - 299
    await out.sender.send(parcel())
    assert out.teams.tokens_given == 2


async def test_a_refused_token_is_fetched_anew_once(out: Out) -> None:
    await out.knows()
    out.teams.answer(POST, {}, status=401)
    assert (await out.sender.send(parcel())).stamp == "sent-2"
    assert [call.token for call in out.teams.calls] == ["Bearer token-1", "Bearer token-2"]
    out.teams.answer(POST, {}, status=401)
    out.teams.answer(POST, {}, status=401)
    with pytest.raises(TryLater, match="invalid_auth"):
        await out.sender.send(parcel())
    assert len(out.teams.calls) == 4


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"error": "invalid_client", "error_description": "AADSTS7000215: " + SECRET}, 401, "invalid_auth"),
        ({"error": "unauthorized_client"}, 400, "invalid_auth"),
        ("<html>", 400, "invalid_auth"),
        ({"error": "temporarily_unavailable"}, 503, "token: http_503"),
        ("<html>", 200, "token: unreadable_answer"),
        ({}, 200, "token: unreadable_answer"),
        ([], 200, "token: unreadable_answer"),
        ({"access_token": "a\r\nb", "expires_in": 3600}, 200, "token: unreadable_answer"),
        ({"access_token": "a", "expires_in": "soon"}, 200, "token: unreadable_answer"),
        ("[" * 100_000, 200, "token: unreadable_answer"),
    ],
)
async def test_without_a_token_the_message_waits(
    out: Out, body: Any, status: int, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    await out.knows()
    out.teams.answer("POST /token", body, status=status)
    with pytest.raises(TryLater) as caught:
        await out.sender.send(parcel())
    assert caught.value.reason == reason
    assert SECRET not in caplog.text
    assert out.teams.calls == []
    assert (await out.sender.send(parcel(again=True))).channel == CHAT


def test_one_tenants_bot_asks_its_own_authority() -> None:
    def url(**given: Any) -> str:
        return token_url(Settings(_env_file=None, **given))  # type: ignore[call-arg]  # pydantic-settings' own

    login = "https://login.microsoftonline.com"
    assert url(tenant_id=TENANT) == f"{login}/{TENANT}/oauth2/v2.0/token"
    assert url(tenant_id=f"{TENANT},another") == f"{login}/{TENANT}/oauth2/v2.0/token"
    assert url() == f"{login}/botframework.com/oauth2/v2.0/token"
    assert url(tenant_id=TENANT, teams_token_url="https://login.example.org/t") == "https://login.example.org/t"


# How fast, and not twice


async def test_a_conversation_gets_a_burst_of_seven_and_then_one_a_second(out: Out) -> None:
    await out.knows()
    for n in range(9):
        await out.sender.send(parcel(key=str(n)))
    assert out.waits == [1.0, 1.0]


async def test_a_tenant_gets_fifty_a_second(out: Out) -> None:
    for n in range(52):
        await out.knows(conversation=f"a:{n}", who=f"person-{n}")
    for n in range(52):
        await out.sender.send(parcel(f"person-{n}", key=str(n)))
    assert sum(out.waits) == pytest.approx(0.04)


async def test_what_this_process_has_sent_is_not_sent_again(out: Out) -> None:
    await out.knows()
    receipt = await out.sender.send(parcel())
    assert await out.sender.send(parcel(again=True)) == receipt  # it arrived, but could not be settled
    assert len(out.teams.calls) == 1


async def test_a_message_that_cannot_be_drawn_goes_as_plain_words(out: Out) -> None:
    await out.knows()
    await out.sender.send(parcel(message=Message((Say("Due."), Ask("", (Button("Done", "x" * 3000),))))))
    assert "Due." in " ".join(texts(out.teams.calls[0].body))
    assert "xxx" not in str(out.teams.calls[0].body)


async def test_no_word_and_no_token_is_logged(out: Out, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    await out.knows()
    await out.sender.send(parcel())
    out.teams.answer(POST, {"error": {"code": "x", "message": "SE-2026-014 is due"}}, status=403)
    with pytest.raises(Undeliverable):
        await out.sender.send(parcel())
    assert "token-1" not in caplog.text
    assert SECRET not in caplog.text
    assert "SE-2026-014" not in caplog.text
