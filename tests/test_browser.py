"""The browser that the tests bring: what it lets pass and what it does not."""

from __future__ import annotations

import pytest
from playwright.async_api import Error

from tests.browser import chromium, page

NOISY = "data:text/html,<title>Noisy</title><script>console.error('the menu is broken')</script>"
QUIET = "data:text/html,<title>Quiet</title><p>Nothing to say</p>"


async def test_a_quiet_page_is_shown() -> None:
    async with page(QUIET) as opened:
        assert await opened.title() == "Quiet"


async def test_a_console_error_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="the menu is broken"):
        async with page(NOISY) as opened:
            assert await opened.title() == "Noisy"


async def test_an_expected_error_does_not() -> None:
    async with page(NOISY, expect=("menu is broken",)) as opened:
        assert await opened.title() == "Noisy"


async def test_nothing_outside_this_machine_can_be_reached() -> None:
    async with page(expect=("ERR_NAME_NOT_RESOLVED",)) as opened:
        with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
            await opened.goto("http://example.org/")


def test_asking_twice_gives_the_same_browser() -> None:
    assert chromium() == chromium()
