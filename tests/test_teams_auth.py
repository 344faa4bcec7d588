"""Who may speak to the bot in Teams: the real checks, with keys that the tests sign with themselves."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from lifbot.settings import Settings
from lifbot.teams.auth import Keys, Refused
from lifbot.teams.connector import client
from tests.fake_teams import CLIENT, KID, TENANT, FakeTeams, claims, fake_teams, private_key, signed
from tests.teams_wire import Wire, on_the_wire

Claims = dict[str, Any]
DAY = 86_400


class Now(NamedTuple):
    """A moment so many seconds from when the test runs, which may be long after this file was read."""

    plus: int


def at_once(told: Claims) -> Claims:
    """Turn moments that are meant from now into numbers."""
    now = int(time.time())
    return {name: now + value.plus if isinstance(value, Now) else value for name, value in told.items()}


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with on_the_wire() as wire:
        yield wire


def part(data: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


def unsigned(told: Claims) -> str:
    return f"{part({'alg': 'none', 'typ': 'JWT', 'kid': KID})}.{part(told)}."


def with_the_public_key_as_secret(told: Claims) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    public = private_key().public_key().public_bytes(serialization.Encoding.PEM, form)
    said = f"{part({'alg': 'HS256', 'typ': 'JWT', 'kid': KID})}.{part(told)}"
    mac = hmac.new(public, said.encode(), hashlib.sha256).digest()
    return f"{said}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def another_payload(told: Claims) -> str:
    head, _, signature = signed(told).split(".")
    return f"{head}.{part({**told, **at_once({'exp': Now(DAY)})})}.{signature}"


def header_key(told: Claims) -> str:
    """A token that brings the key it was signed with."""
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private_key("a stranger's").public_key()))
    return jwt.encode(told, private_key("a stranger's"), algorithm="RS256", headers={"kid": "mine", "jwk": public})


TELLS: dict[str, Claims] = {
    "expired": {"exp": Now(-400), "nbf": Now(-DAY)},
    "without its end": {"exp": None},
    "without its beginning": {"nbf": None},
    "of the future": {"nbf": Now(400)},
    "whose end is no number": {"exp": "tomorrow"},
    "by another issuer": {"iss": "https://api.botframework.us"},
    "by an issuer that only begins like ours": {"iss": "https://api.botframework.com/"},
    "by nobody": {"iss": None},
    "for another bot": {"aud": "00000000-0000-4000-8000-000000000000"},
    "for nobody": {"aud": None},
    "for several": {"aud": [CLIENT, "another"]},
    "for another address": {"serviceurl": "https://smba.example.org/uk/"},
    "without an address": {"serviceurl": None},
    "whose address is a list": {"serviceurl": ["https://smba.example.org/uk/"]},
}
MAKES: dict[str, Callable[[Claims], str]] = {
    "not signed": unsigned,
    "signed with the public key as a secret": with_the_public_key_as_secret,
    "signed by another key under a known name": lambda told: signed(told, key="a stranger's"),
    "signed by a key nobody knows": lambda told: signed(told, kid="unknown", key="a stranger's"),
    "that names no key": lambda told: jwt.encode(told, private_key(), algorithm="RS256"),
    "that brings its own key": header_key,
    "in another algorithm": lambda told: signed(told, alg="RS512"),
    "in a padded algorithm": lambda told: signed(told, alg="PS256"),
    "cut short": lambda told: signed(told)[:-9],
    "without signature": lambda told: signed(told).rpartition(".")[0],
    "with an empty signature": lambda told: signed(told).rpartition(".")[0] + ".",
    "with another payload": another_payload,
    "that is no token": lambda told: "nonsense",
    "that is three dots": lambda told: "...",
    "of bytes": lambda told: "\x01\x02.\x03.\x04",
    "whose payload is a list": lambda told: f"{part({'alg': 'RS256', 'kid': KID})}.{part([])}.{part('x')}",
    "whose name of a key is a number": lambda told: f"{part({'alg': 'RS256', 'kid': 7})}.{part(told)}.{part('x')}",
}
HEADERS: dict[str, Callable[[str], list[str]]] = {
    "none": lambda token: [],
    "an empty one": lambda token: [""],
    "a scheme alone": lambda token: ["Bearer"],
    "a scheme and a space": lambda token: ["Bearer "],
    "a token alone": lambda token: [token],
    "another scheme": lambda token: [f"Basic {token}"],
    "two tokens in one": lambda token: [f"Bearer {token} {token}"],
    "two, both good": lambda token: [f"Bearer {token}", f"Bearer {token}"],
    "two, the first good": lambda token: [f"Bearer {token}", "Bearer nonsense"],
}


async def test_a_token_of_microsofts_for_us_is_let_in(wire: Wire) -> None:
    assert (await wire.send(wire.chat(text="help"))).status_code == 200
    assert [each.text for each in wire.heard] == ["help"]
    assert wire.heard[0].team == TENANT


async def test_clocks_may_differ_by_five_minutes(wire: Wire) -> None:
    assert (await wire.send(wire.chat(text="a"), **at_once({"exp": Now(-200), "nbf": Now(-DAY)}))).status_code == 200
    assert (await wire.send(wire.chat(text="b"), **at_once({"nbf": Now(250)}))).status_code == 200
    assert len(wire.heard) == 2


@pytest.mark.parametrize("other", TELLS.values(), ids=TELLS)
async def test_a_token_that_says_something_else_is_refused(wire: Wire, other: Claims) -> None:
    assert (await wire.send(wire.chat(text="help"), **at_once(other))).status_code == 401
    assert wire.heard == []
    assert wire.teams.calls == []


@pytest.mark.parametrize("make", MAKES.values(), ids=MAKES)
async def test_a_token_made_in_another_way_is_refused(wire: Wire, make: Callable[[Claims], str]) -> None:
    token = make(claims(wire.teams.service_url))
    assert (await wire.post(json.dumps(wire.chat(text="help")), f"Bearer {token}")).status_code == 401
    assert wire.heard == []


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
async def test_there_is_one_header_with_one_token(wire: Wire, headers: Callable[[str], list[str]]) -> None:
    token = signed(claims(wire.teams.service_url))
    assert (await wire.post(json.dumps(wire.chat(text="help")), *headers(token))).status_code == 401
    assert wire.heard == []


@pytest.mark.parametrize(
    "other",
    [
        {"serviceUrl": "https://smba.example.org/uk/"},
        {"serviceUrl": ""},
        {"serviceUrl": None},
        {"channelId": "webchat"},
        {"conversation": {"id": "a:1", "tenantId": "another"}},
        {"conversation": {"id": "a:1"}, "channelData": {}},
        {"channelData": {"tenant": {"id": "another"}}},
        {"channelData": {"tenant": {"id": f"{TENANT},another"}}},
        {"conversation": {"id": "a:1"}, "channelData": {"tenant": {"id": None}}},
        {"conversation": {"id": "a:1"}, "channelData": {"tenant": [TENANT]}},
    ],
    ids=json.dumps,
)
async def test_an_activity_must_be_the_tokens_own_and_of_a_tenant_we_serve(wire: Wire, other: Claims) -> None:
    assert (await wire.send(wire.chat(text="help", **other))).status_code == 401
    assert wire.heard == []


@pytest.mark.parametrize("url", ["http://smba.example.org/", "ftp://127.0.0.1/", "smba", "https://", "http://[1/"])
async def test_an_address_must_be_safe_even_where_the_token_agrees(wire: Wire, url: str) -> None:
    assert (await wire.send(wire.chat(text="help", serviceUrl=url), serviceurl=url)).status_code == 401
    assert wire.heard == []


async def test_several_tenants_are_served_and_small_letters_do_not_matter() -> None:
    async with on_the_wire(tenant_id=f"11111111-aaaa, {TENANT.upper()}") as wire:
        assert (await wire.send(wire.chat(text="help"))).status_code == 200
        other = wire.chat(text="help", channelData={"tenant": {"id": "11111111-AAAA"}})
        assert (await wire.send(other)).status_code == 200
        assert {each.team for each in wire.heard} == {TENANT, "11111111-aaaa"}


@pytest.mark.parametrize("unset", ["client_id", "tenant_id"])
async def test_without_an_app_or_a_tenant_nobody_is_let_in(unset: str) -> None:
    async with on_the_wire(**{unset: None}) as wire:
        assert (await wire.send(wire.chat(text="help"))).status_code == 401
        assert (await wire.send(wire.chat(text="help"), aud="")).status_code == 401
        assert wire.heard == []


# Microsoft's keys


async def test_keys_are_fetched_once(wire: Wire) -> None:
    for _ in range(3):
        await wire.send(wire.chat(text="help"))
    assert wire.teams.key_fetches == 1


@pytest.fixture
async def microsoft() -> AsyncIterator[FakeTeams]:
    async with fake_teams() as teams:
        yield teams


async def known(keys: Keys, *names: str) -> list[bool]:
    found = []
    for name in names:
        try:
            found.append((await keys.key(name)).key.key_id == name)
        except Refused:
            found.append(False)
    return found


async def test_an_unknown_key_is_asked_for_at_most_every_thirty_seconds(microsoft: FakeTeams) -> None:
    clock = [0.0]
    async with client() as http:
        keys = Keys(f"{microsoft.url}/openid", http, lambda: clock[0])
        assert await known(keys, KID, "new", "newer", "new") == [True, False, False, False]
        assert microsoft.key_fetches == 1
        microsoft.keys.append(microsoft.jwk("new"))
        clock[0] = 29.0
        assert await known(keys, "new") == [False]
        clock[0] = 31.0
        assert await known(keys, "new", KID) == [True, True]
        assert microsoft.key_fetches == 2


async def test_keys_are_kept_for_a_day_and_longer_while_microsoft_is_silent(microsoft: FakeTeams) -> None:
    clock = [0.0]
    async with client() as http:
        keys = Keys(f"{microsoft.url}/openid", http, lambda: clock[0])
        assert await known(keys, KID) == [True]
        clock[0] = DAY + 1.0
        microsoft.answer("GET /openid", "<html>", status=502)
        assert await known(keys, KID) == [True]
        clock[0] += 3
        microsoft.keys = [microsoft.jwk("new")]
        assert await known(keys, KID, "new") == [False, True]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/openid", "<html>", 200),
        ("/openid", {}, 200),
        ("/openid", [], 200),
        ("/openid", {"jwks_uri": "http://keys.example.org/"}, 200),
        ("/openid", {"jwks_uri": 7}, 200),
        ("/keys", {"keys": []}, 200),
        ("/keys", {"keys": [7]}, 200),
        ("/keys", {"keys": [{"kty": "RSA", "kid": KID, "n": "?", "e": "AQAB"}]}, 200),
        ("/keys", {"keys": [{"kty": "oct", "kid": KID, "k": "c2VjcmV0"}]}, 200),
        ("/keys", "[" * 100_000, 200),
        ("/keys", {}, 500),
        ("/openid", "", 302),
    ],
)
async def test_keys_that_cannot_be_read_let_nobody_in(microsoft: FakeTeams, path: str, body: Any, status: int) -> None:
    clock = [0.0]
    microsoft.answer(f"GET {path}", body, status=status)
    async with client() as http:
        keys = Keys(f"{microsoft.url}/openid", http, lambda: clock[0])
        assert await known(keys, KID) == [False]
        clock[0] = 2.5
        assert await known(keys, KID) == [True]


async def test_keys_are_not_fetched_from_an_address_that_is_not_safe(microsoft: FakeTeams) -> None:
    shortened = microsoft.url.replace("127.0.0.1", "127.1")  # leads here, but does not look as if it did
    microsoft.answer("GET /openid", {"jwks_uri": f"{shortened}/keys"})
    async with client() as http:
        assert await known(Keys(f"{microsoft.url}/openid", http, time.monotonic), KID) == [False]
    assert microsoft.key_fetches == 0


async def test_a_key_that_is_no_key_for_signing_tokens_of_teams_is_refused(wire: Wire) -> None:
    wire.teams.keys = [wire.teams.jwk(endorsements=["webchat"])]
    assert (await wire.send(wire.chat(text="help"))).status_code == 401
    assert wire.heard == []


async def test_what_is_refused_leaves_no_token_and_no_word_in_the_log(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    token = signed(claims(wire.teams.service_url, aud="another"))
    await wire.post(json.dumps(wire.chat(text="a secret word")), f"Bearer {token}")
    await wire.send(wire.chat(text="a secret word"))
    assert "refused" in caplog.text
    assert token[-20:] not in caplog.text
    assert "secret word" not in caplog.text
    assert "token-1" not in caplog.text


@pytest.mark.parametrize("name", ["teams_openid_metadata_url", "teams_token_url"])
def test_microsofts_addresses_are_safe_or_on_this_machine(name: str) -> None:
    for good in ("https://login.example.org/x", "http://127.0.0.1:9/x", "http://localhost/x", "http://[::1]/x"):
        assert getattr(Settings.model_validate({name: good}), name) == good
    for bad in ("http://login.example.org/x", "ftp://127.0.0.1/x", "login.example.org", "http://[1/"):
        with pytest.raises(ValueError, match="https://"):
            Settings.model_validate({name: bad})
