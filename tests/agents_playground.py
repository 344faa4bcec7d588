"""Microsoft's side as far as its Agents Playground leaves it out, for a look by hand: docs/connecting-teams.md.

It has keys and tokens, and signs what the playground posts on its way to lifbot. `python -m tests.agents_playground`.
"""

from __future__ import annotations

import os

import aiohttp
from aiohttp import web

from tests.fake_teams import CLIENT, SECRET, TENANT, FakeTeams, claims, signed

HERE = "http://127.0.0.1:4001"
LIFBOT = os.environ.get("LIFBOT_MESSAGES", "http://127.0.0.1:3000/api/messages")
SETTINGS = f"""\
# Put these lines into .env and start lifbot, then the playground:
CLIENT_ID={CLIENT}
CLIENT_SECRET={SECRET}
TENANT_ID={TENANT}
TEAMS_OPENID_METADATA_URL={HERE}/openid
TEAMS_TOKEN_URL={HERE}/token
LIFBOT_TIME_TRAVEL=1
"""


async def sign(request: web.Request) -> web.Response:
    """Pass an activity on to lifbot with a token like Microsoft's."""
    activity = await request.json()
    headers = {"Authorization": f"Bearer {signed(claims(activity['serviceUrl']))}"}
    async with aiohttp.ClientSession() as http, http.post(LIFBOT, json=activity, headers=headers) as answer:
        return web.Response(status=answer.status, body=await answer.read(), content_type=answer.content_type)


def app() -> web.Application:
    """Return it all as one application for this machine."""
    microsoft = FakeTeams()
    microsoft.url = HERE
    app = web.Application()
    app.router.add_post("/api/messages", sign)
    for path in ("/openid", "/keys", "/token"):
        app.router.add_route("*", path, microsoft.take)
    return app


if __name__ == "__main__":
    print(SETTINGS)
    web.run_app(app(), host="127.0.0.1", port=4001, print=None)
