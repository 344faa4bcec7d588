"""How the page behind a signed link looks: large targets, visible focus, both light and dark, no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from html import escape

from commands.receipt_by_link import LONGEST, Page
from lifbot.cascaded import WAYS
from lifbot.notices.identifying import LEAVE_OUT, LOGGED, PASSED_ON, TICK

STYLE = """
:root{color-scheme:light dark;--ink:#14202b;--soft:#4a5a68;--paper:#fff;--page:#eef2f5;--line:#6b7a88;--act:#1f5fa8;
--on:#fff;--focus:#ffbf2e;--bad:#a3160f;--badback:#fdeceb;--good:#1d6b3f;--goodback:#e6f4ec}
@media (prefers-color-scheme:dark){:root{--ink:#eef2f5;--soft:#b9c4ce;--paper:#17212b;--page:#0e151c;--line:#8c9aa7;
--act:#8fc1ff;--on:#0b1722;--bad:#ffb3ad;--badback:#3a1715;--good:#9fe0b9;--goodback:#12301f}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);overflow-wrap:anywhere;
font:1.125rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header{background:var(--paper);border-bottom:4px solid var(--act);padding:1rem}
header p{max-width:40rem;margin:0 auto;font-weight:600}
main{max-width:42rem;margin:1.5rem auto 3rem;padding:0 1rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .75rem}
h2{font-size:1.3rem;margin:0 0 .5rem}
p{margin:0 0 1rem}
.soft,.hint{color:var(--soft)}
.hint{font-size:1rem;margin:0 0 .4rem}
form,.card{background:var(--paper);border-radius:.5rem;padding:1.25rem;margin:1.25rem 0}
fieldset{border:0;margin:0 0 1.25rem;padding:0;min-width:0}
legend{font-weight:700;padding:0;margin-bottom:.5rem;font-size:1.2rem}
.part{border-left:4px solid var(--line);padding-left:1rem;margin:0 0 1.5rem}
.part legend{font-size:1.1rem}
.pick{display:flex;align-items:center;gap:.75rem;min-height:2.75rem;padding:.35rem 0;cursor:pointer}
.pick input{flex:none;width:1.6rem;height:1.6rem;margin:0;accent-color:var(--act)}
.field{margin:0 0 1.25rem}
.field label{display:block;font-weight:600}
input[type=text],textarea{display:block;width:100%;min-height:2.75rem;padding:.55rem .7rem;font:inherit;color:inherit;
background:var(--paper);border:2px solid var(--line);border-radius:.25rem}
textarea{min-height:6rem}
.short{max-width:12rem}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;box-shadow:0 0 0 6px var(--ink)}
.pick input:focus-visible{box-shadow:0 0 0 5px var(--ink)}
button{min-height:3rem;padding:.6rem 1.5rem;font:inherit;font-weight:700;color:var(--on);background:var(--act);
border:2px solid transparent;border-radius:.25rem;cursor:pointer}
a{color:var(--act);display:inline-block;min-height:2.75rem;padding:.5rem 0}
.bad{color:var(--bad);font-weight:600;margin:.2rem 0 .4rem}
.summary{border:3px solid var(--bad);background:var(--badback);border-radius:.5rem;padding:1rem 1.25rem;
margin:0 0 1.25rem}
.summary a{color:var(--bad);font-weight:600;display:block}
.summary ul{margin:0;padding:0;list-style:none}
.thanks{border:3px solid var(--good);background:var(--goodback);border-radius:.5rem;padding:1.25rem;margin:1.25rem 0}
.thanks h1{color:var(--good)}
.has-fault input[type=text],.has-fault textarea{border-color:var(--bad)}
.card p:last-child,.thanks p:last-child{margin:0}
@supports selector(:has(*)){form:not(:has(#status-cascaded:checked)) .if-cascaded,
form:not(:has(#status-not_for_us:checked)) .if-not-for-us{display:none}}
@media (max-width:30rem){button{width:100%}main{margin-top:1rem}form,.card{padding:1rem}}
@media (forced-colors:active){:focus-visible{outline-color:Highlight}}
"""
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
DONE = {"received": "received", "cascaded": "passed on", "not_for_us": "not for your agency"}
SORRY = {
    "wrong": (
        "This link does not work",
        "It may have been cut short on its way. Please copy the whole of it, or ask who sent it to you for a new one.",
    ),
    "over": ("This link is no longer in use", "Its time is over. Please ask who sent it to you for a new one."),
    "withdrawn": (
        "This has been withdrawn",
        "There is nothing more to do. Please do not pass it on any further. Thank you.",
    ),
    "hold": ("This is not available just now", "Please try again another day, or ask who sent it to you."),
    "risk": ("Please do not wait for this form", PASSED_ON),
}
CHOICES = (
    ("received", "Received: we have it and will pass it on"),
    ("cascaded", "Passed on to our staff"),
    ("not_for_us", "Not for us"),
)


def draw(page: Page, *, has_thanked: bool = False) -> str:
    """Return the page as HTML."""
    if page.state != "open":
        title, text = SORRY[page.state]
        return _document(title, page.partnership, f'<div class="card"><h1>{title}</h1><p>{escape(text)}</p></div>')
    if has_thanked and page.answered:
        return _document("Thank you", page.partnership, _thanks(page))
    title = f"Problem: {page.title}" if page.faults else page.title
    return _document(title, page.partnership, "".join(_open(page)))


def too_long() -> str:
    """Return the page for an answer that is longer than can be kept."""
    text = "Your answer is longer than can be kept. Please go back, shorten it and send it again."
    return _document("That is too long", "", f'<div class="card"><h1>That is too long</h1><p>{text}</p></div>')


def _document(title: str, partnership: str, body: str) -> str:
    head = f"<header><p>{escape(partnership)}</p></header>" if partnership else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow">'
        f'<meta name="referrer" content="no-referrer"><link rel="icon" href="data:,"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{head}<main>{body}</main></body></html>"
    )


def _thanks(page: Page) -> str:
    more = "" if page.answered != "received" else " Please come back to this page once it has reached your staff."
    return (
        f'<div class="thanks" role="status"><h1>Thank you</h1><p>“{escape(page.title)}” is noted as '
        f"{DONE[page.answered]}.{more}</p></div><div class='card'><p>You can close this page. "
        f"Until {page.until} you can use the link again, to add to your answer or to put it right.</p>"
        '<p><a href="?">Change the answer</a></p></div>'
    )


def _open(page: Page) -> Iterator[str]:
    yield _summary(page)
    yield f"<h1>{escape(page.title)}</h1>"
    yield f"<p>Your agency is asked to pass this learning on to its staff by {page.by}. Please say how it went.</p>"
    if page.answered:
        told = f"It is noted as {DONE[page.answered]} already. What you send now takes the place of that."
        yield f'<p class="soft">{told}</p>'
    yield '<form method="post" action="?" novalidate>'
    yield _choices(page)
    yield from _cascaded(page)
    yield '<fieldset class="part if-not-for-us"><legend>If it is not for you</legend>'
    yield _field(page, "reason", "Why is it not for you?", hint="For example: we work with adults only.", rows=2)
    yield "</fieldset>"
    if page.asks_tick:
        yield _tick(page)
    yield f'<p class="hint">{LEAVE_OUT}</p><button type="submit">Send the answer</button></form>'
    yield (
        f'<p class="soft">The partnership sees your answer. The link can be used until {page.until}; '
        "whoever has it can answer, so please do not publish it.</p>"
    )


def _summary(page: Page) -> str:
    """What is missing, first of all, with links to the fields."""
    if not page.faults:
        return ""
    lines = "".join(f'<li><a href="#{_anchor(name)}">{escape(text)}</a></li>' for name, text in page.faults.items())
    return (
        '<div class="summary" role="alert" aria-labelledby="problem"><h2 id="problem">Not sent yet</h2>'
        f"<ul>{lines}</ul></div>"
    )


def _anchor(name: str) -> str:
    return {"status": "status-received", "how": f"how-{WAYS[0][0]}"}.get(name, name)


def _choices(page: Page) -> str:
    chosen = page.typed.get("status", "")
    picks = "".join(_pick("radio", "status", value, label, is_on=value == chosen) for value, label in CHOICES)
    return _group(page, "status", "What is your answer?", picks)


def _cascaded(page: Page) -> Iterator[str]:
    ticked = page.typed.get("how", "").split(",")
    picks = "".join(_pick("checkbox", "how", way, label, is_on=way in ticked) for way, label in WAYS)
    yield '<fieldset class="part if-cascaded"><legend>If it was passed on</legend>'
    yield _group(page, "how", "How?", picks)
    yield _field(page, "to_whom", "To whom?", hint="For example: social workers and early help.")
    yield _field(page, "reach", "About how many people?", hint="A number is enough.", short=True)
    yield _field(page, "applies", "What of it applies to you, and what will you do? (optional)", rows=3)
    yield _field(
        page, "evidence", "What shows it? (optional)", hint="Words, or a link to the minutes or slides.", rows=2
    )
    yield "</fieldset>"


def _pick(kind: str, name: str, value: str, label: str, *, is_on: bool) -> str:
    id, on = f"{name}-{value}", " checked" if is_on else ""
    box = f'<input type="{kind}" id="{id}" name="{name}" value="{value}"{on}>'
    return f'<label class="pick" for="{id}">{box}<span>{label}</span></label>'


def _group(page: Page, name: str, legend: str, picks: str) -> str:
    described = f' aria-describedby="{name}-bad"' if name in page.faults else ""
    return f"<fieldset{described}><legend>{legend}</legend>{_bad(page.faults, name)}{picks}</fieldset>"


def _field(page: Page, name: str, label: str, *, hint: str = "", rows: int = 0, short: bool = False) -> str:
    value, fault = escape(page.typed.get(name, "").replace("\x00", "")), name in page.faults
    described = " ".join(part for part in (f"{name}-hint" if hint else "", f"{name}-bad" if fault else "") if part)
    extra = f' aria-describedby="{described}"' if described else ""
    extra += ' aria-invalid="true"' if fault else ""
    extra += f' maxlength="{LONGEST[name]}"'
    if rows:
        box = f'<textarea id="{name}" name="{name}" rows="{rows}"{extra}>{value}</textarea>'
    else:
        numbers = ' class="short" inputmode="numeric"' if short else ""
        box = f'<input type="text" id="{name}" name="{name}" value="{value}" autocomplete="off"{numbers}{extra}>'
    told = f'<p class="hint" id="{name}-hint">{hint}</p>' if hint else ""
    marked = " has-fault" if fault else ""
    return f'<div class="field{marked}"><label for="{name}">{label}</label>{told}{_bad(page.faults, name)}{box}</div>'


def _tick(page: Page) -> str:
    return (
        '<label class="pick" for="vouched"><input type="checkbox" id="vouched" name="vouched" value="yes">'
        f'<span>{TICK}</span></label><p class="hint">{escape(LOGGED)}</p>'
    )


def _bad(faults: Mapping[str, str], name: str) -> str:
    return f'<p class="bad" id="{name}-bad">{escape(faults[name])}</p>' if name in faults else ""
