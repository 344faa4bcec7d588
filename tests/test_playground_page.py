"""The playground's page in a real browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser import page
from tests.playground_bot import CARD
from tests.playground_world import BEN, CLEO, SE, World, open_world
from tests.ports import free_port

STORY_SECONDS = 10_000  # a shared machine can be slow for a moment


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    expect.set_options(timeout=STORY_SECONDS)
    async with open_world(tmp_path) as opened:
        yield opened


async def write(shown: Page, text: str, where: str = "#composer") -> None:
    box = shown.locator(f"{where} textarea")
    await box.fill(text)
    await box.press("Enter")


async def test_a_first_visit_suggests_what_to_type(world: World) -> None:
    async with page(world.url) as shown:
        await expect(shown.locator(".try")).to_have_count(3)
        await expect(shown.locator("#strip .chip")).to_have_count(5)
        await expect(shown.locator("#clock .face")).to_contain_text("Tue 31 March 2026")
        await shown.click(".try >> nth=0")
        await expect(shown.locator("#composer textarea")).to_have_value(re.compile("/lif action add .*owner:@cleo"))
        await shown.keyboard.press("Enter")
        await expect(shown.locator(".message.private")).to_contain_text("You said: action add Audit MASH thresholds")
        await expect(shown.locator(".echo")).to_contain_text("/lif action add Audit MASH thresholds")
        await shown.click("#strip .close")
        await expect(shown.locator("#strip")).to_be_hidden()


async def test_typing_is_helped(world: World) -> None:
    async with page(world.url) as shown:
        box = shown.locator("#composer textarea")
        await box.press_sequentially("/lif action add Train staff owner:@c")
        await expect(shown.locator("[role=option]")).to_have_text(re.compile("@cleo.*Cleo Hart"))
        await expect(shown.locator("#composer .slash")).to_contain_text("owner:@who due:when")
        await box.press("Enter")
        await expect(box).to_have_value("/lif action add Train staff owner:@cleo ")
        await box.press("Enter")
        await expect(box).to_have_value("")
        await box.press("ArrowUp")
        await expect(box).to_have_value("/lif action add Train staff owner:@cleo")
        await box.press("ArrowDown")
        await expect(box).to_have_value("")


async def test_a_form_keeps_what_was_typed_and_shows_errors_beside_their_field(world: World) -> None:
    async with page(world.url) as shown:
        await write(shown, "/lif card")
        await shown.click("text=More time")
        form = shown.locator("dialog#form")
        await expect(form).to_be_visible()
        await expect(form.get_by_label("New date")).to_be_focused()
        await form.get_by_label("New date").fill("soon")
        await form.get_by_label("Who could help?").select_option(label="Cleo Hart")
        await form.get_by_label("Dev Rao").check()
        await form.get_by_role("button", name="Send").click()
        await expect(form.locator("[data-block=why] .error")).to_have_text("Please complete this field.")
        await form.get_by_label("What got in the way?").fill("A system change")
        await form.get_by_role("button", name="Send").click()
        await expect(form.locator("[data-block=until] .error")).to_contain_text("is not a date")
        await expect(form.get_by_label("New date")).to_have_value("soon")
        await expect(form.get_by_label("Dev Rao")).to_be_checked()
        await form.get_by_label("New date").fill("30 June")
        await form.get_by_label("New date").press("Enter")
        await expect(form).to_be_hidden()
        await shown.click("[data-place=D0BEN]")
        await expect(shown.locator(".message")).to_contain_text("Asked for more time: 30 June")
    values = world.heard[-1]["view"]["state"]["values"]
    assert values["who"]["who"]["selected_user"] == CLEO
    assert values["why"]["why"]["value"] == "A system change"


async def test_escape_closes_a_form(world: World) -> None:
    async with page(world.url) as shown:
        await write(shown, "/lif form")
        await expect(shown.locator("dialog#form")).to_be_visible()
        await shown.keyboard.press("Escape")
        await expect(shown.locator("dialog#form")).to_be_hidden()
        assert (await world.sees(BEN, SE))["modal"] is None


async def test_buttons_menus_and_second_thoughts(world: World) -> None:
    async with page(world.url) as shown:
        await write(shown, "/lif card")
        await shown.get_by_role("button", name="Cannot complete").click()
        await shown.get_by_role("button", name="No", exact=True).click()
        await shown.get_by_role("button", name="More choices").click()
        await shown.get_by_role("menuitem", name="Show the history").click()
        await shown.get_by_label("Snooze…").select_option(label="a week")
        await shown.get_by_role("button", name="Done").click()
        await expect(shown.locator(".message")).to_contain_text("waits for sign-off")
    used = [body["actions"][0]["action_id"] for body in world.heard if body.get("actions")]
    assert used == ["more", "snooze", "done"]


async def test_another_person_has_another_view_and_counts_what_waits(world: World) -> None:
    await world.client.chat_postMessage(channel=CLEO, text="Good morning, Cleo", blocks=CARD)
    async with page(world.url) as shown:
        await expect(shown.locator("[data-person=U0CLEO] .count")).to_contain_text("1")
        await shown.click("[data-person=U0CLEO]")
        await shown.click("[data-place=D0CLEO]")
        await expect(shown.locator(".message")).to_contain_text("SE-2026-001 is due on 31 March 2026")
        await expect(shown.locator("[data-person=U0CLEO] .count")).to_be_hidden()
        await shown.click("[data-person=U0BEN]")
        await expect(shown.locator("#stream")).to_contain_text("Your messages with lifbot")
        await shown.go_back()
        await expect(shown.locator(".message")).to_contain_text("SE-2026-001")


async def test_replies_live_in_their_thread(world: World) -> None:
    await world.client.chat_postMessage(channel=CLEO, text="SE-2026-001 is due")
    async with page(f"{world.url}/#{CLEO}/D0CLEO") as shown:
        await shown.hover(".message")
        await shown.click("text=Reply in thread")
        await write(shown, "done, training delivered 12 May", "#thread")
        await expect(shown.locator("#thread .message")).to_have_count(3)
        await expect(shown.locator("#thread")).to_contain_text("Noted: done, training delivered 12 May")
        await expect(shown.locator("#stream .replies")).to_have_text("2 replies")
        await shown.keyboard.press("Escape")
        await expect(shown.locator("#thread")).to_be_hidden()


async def test_a_message_is_logged_from_its_own_menu_by_mouse_or_by_keyboard(world: World) -> None:
    await world.say(CLEO, SE, "We should ask schools about attendance")
    async with page(f"{world.url}/#{BEN}/{SE}") as shown:
        dots = shown.locator(".message").get_by_role("button", name="More actions with this message")
        await expect(shown.locator(".message .tools")).to_have_css("opacity", "0")
        await shown.hover(".message")
        await expect(shown.locator(".message .tools")).to_have_css("opacity", "1")
        await dots.click()
        await shown.get_by_role("menuitem", name="Log as action").click()
        await expect(shown.locator("dialog#form")).to_be_visible()
        await shown.keyboard.press("Escape")
        await expect(shown.locator("dialog#form")).to_be_hidden()
        await shown.mouse.move(0, 0)
        await dots.focus()
        await expect(shown.locator(".message .tools")).to_have_css("opacity", "1")
        await shown.keyboard.press("Enter")
        await shown.keyboard.press("Tab")
        await expect(shown.get_by_role("menuitem", name="Log as action")).to_be_focused()
        await shown.keyboard.press("Enter")
        await expect(shown.locator("dialog#form")).to_be_visible()
    chosen = [body for body in world.heard if body.get("type") == "message_action"]
    assert [(body["user"]["id"], body["message"]["user"]) for body in chosen] == [(BEN, CLEO)] * 2


async def test_what_only_you_see_has_no_such_menu(world: World) -> None:
    async with page(f"{world.url}/#{BEN}/{SE}") as shown:
        await write(shown, "/lif hello")
        await expect(shown.locator(".message.private")).to_be_visible()
        await expect(shown.locator(".tools")).to_have_count(0)


async def test_what_others_write_appears_by_itself_and_stays_text(world: World) -> None:
    async with page(f"{world.url}/#{BEN}/{SE}") as shown:
        await expect(shown.locator(".try")).to_have_count(3)
        hostile = "<img src=x onerror=alert(1)> *bold* `<b>` https://example.org/?a=1&b=2 <!channel> مرحبا javascript:x"
        await world.say(CLEO, SE, hostile)
        await expect(shown.locator(".message")).to_contain_text("<img src=x onerror=alert(1)> bold <b>")
        await expect(shown.locator(".message")).to_contain_text("<!channel> مرحبا javascript:x")
        await expect(shown.locator(".message .body img")).to_have_count(0)
        await expect(shown.locator(".message .body a")).to_have_attribute("href", "https://example.org/?a=1&b=2")
        await expect(shown.locator("#said")).to_contain_text("Cleo Hart: <img")


async def test_marks_are_drawn_and_bad_links_are_not(world: World) -> None:
    text = (
        ":red_circle: Red _slowly_ ~gone~ <@U0CLEO> in <#C0SE> by <!date^1774947600^{date_long}|31 March>\n"
        "&gt; a quote\n• one\n• two <javascript:alert(1)|press> <https://example.org|site>"
    )
    await world.client.chat_postMessage(channel=SE, text=text)
    async with page(world.url) as shown:
        body = shown.locator(".message .body")
        await expect(body.locator(".dot-red")).to_have_attribute("aria-label", "red")
        await expect(body.locator("em")).to_have_text("slowly")
        await expect(body.locator("s")).to_have_text("gone")
        await expect(body.locator(".mention")).to_have_text(["@Cleo Hart", "#safeguarding-effectiveness"])
        await expect(body.locator("time")).to_have_text("Tuesday 31 March 2026")
        await expect(body.locator("blockquote")).to_have_text("a quote")
        await expect(body.locator("li")).to_have_count(2)
        await expect(body.locator("a")).to_have_text(["site"])


async def test_home_is_filled_on_opening(world: World) -> None:
    async with page(world.url) as shown:
        await shown.click("[data-place=home]")
        await expect(shown.locator(".home h3")).to_have_text("Your actions")
        await shown.get_by_role("button", name="More time").click()
        await expect(shown.locator("dialog#form")).to_be_visible()


async def test_the_clock_is_moved_by_buttons_and_by_date(world: World) -> None:
    world.clock.dawdle = 0.5
    async with page(world.url) as shown:
        await shown.click("text=+1 day")
        await expect(shown.locator("#clock")).to_contain_text("Living through")
        await expect(shown.locator("#clock .face")).to_contain_text("Wed 1 April 2026")
        await shown.click("text=Set…")
        await shown.fill("#clock-to", "2026-06-01T09:00")
        await expect(shown.locator("#ask output")).to_have_text("Monday 1 June 2026, 09:00")
        await shown.get_by_label("Jump").check()
        await shown.get_by_role("button", name="Set the clock").click()
        await expect(shown.locator("#clock .face")).to_contain_text("Mon 1 June 2026")
        await shown.click("text=Set…")
        await shown.fill("#clock-to", "2026-01-01T09:00")
        await shown.get_by_role("button", name="Set the clock").click()
        await expect(shown.locator(".clock-trouble")).to_contain_text("only goes forward")
    assert [move["mode"] for move in world.clock.moves] == ["run", "jump"]


@pytest.mark.parametrize("width", [360, 800, 1100, 1920])
async def test_every_width_shows_all_without_scrolling_sideways(world: World, width: int) -> None:
    await world.client.chat_postMessage(channel=SE, text="A card", blocks=CARD)
    async with page(world.url, width=width, dark=width == 800) as shown:
        await expect(shown.locator(".message")).to_be_visible()
        assert await shown.evaluate("document.documentElement.scrollWidth") <= width
        if width == 360:
            await shown.click("#menu")
        await shown.click("[data-person=U0CLEO]")
        await expect(shown.locator("[data-person=U0CLEO]")).to_have_attribute("aria-pressed", "true")
        if width < 1180:
            await shown.click("#clock .face")
        await shown.click("text=+1 day")
        await expect(shown.locator("#clock .face")).to_contain_text("Wed 1 April 2026")


async def test_the_page_carries_on_after_a_restart_of_the_program(tmp_path: Path) -> None:
    port = free_port()
    cut_off = ("ERR_CONNECTION", "ERR_INCOMPLETE_CHUNKED", "ERR_EMPTY_RESPONSE")
    async with page(expect=cut_off) as shown:
        async with open_world(tmp_path, port=port) as world:
            await shown.goto(world.url)
            await write(shown, "before the restart")
            await expect(shown.locator(".message")).to_have_count(1)
        await expect(shown.locator("body")).to_have_class(re.compile("away"))
        await write(shown, "kept in the composer")
        await expect(shown.locator("#toast")).to_contain_text("not answering")
        async with open_world(tmp_path, port=port) as world:
            await expect(shown.locator("body")).not_to_have_class(re.compile("away"))
            await expect(shown.locator("#composer textarea")).to_have_value("kept in the composer")
            await world.client.chat_postMessage(channel=SE, text="after the restart")
            await expect(shown.locator(".message")).to_have_count(2)
