"""Slack's requests as Bolt takes them: no larger than any can be, and a command that says "payload" read as it is."""

from __future__ import annotations

from urllib.parse import parse_qsl

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest
from starlette.requests import Request

MOST_BYTES = 1_000_000


async def body_of(request: Request) -> bytes | None:
    """Return a request's body; None where it is larger than any of Slack's."""
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > MOST_BYTES:
            return None
    return bytes(parts)


def read(request: Request, body: bytes) -> AsyncBoltRequest:
    """Return a request as Bolt reads it."""
    read = to_async_bolt_request(request, body)
    if body and not read.body:  # Bolt takes any form that has the word "payload" in it for a button's, and drops it
        read.body = dict(parse_qsl(body.decode(), keep_blank_values=True))
        read.context = build_async_context(AsyncBoltContext(), read.body)
    return read
