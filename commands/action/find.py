"""Finding in the log: lists with filters, words, an order and pages; all of it as a file on request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from commands import ask
from commands.action import filters
from commands.action.filters import Asked
from commands.action.send import send
from commands.context import Context
from commands.unfinished import typed_line
from lifbot import query as looking
from lifbot.grammar import Arg, Command, clip, command
from lifbot.message import Ask, Block, Button, Fine, ItemCard, ItemList, Message, Say
from lifbot.model import Group
from lifbot.policy import rights
from lifbot.query import Query
from storage import people, search
from storage.search import Hit

PAGE = 10
UNCERTAIN = 4  # words after "find" in a direct message from which on it may have been meant as news


@command(
    "action list",
    may="ask",
    title="List",
    examples=(
        "/lif action list overdue",
        "/lif action list mine",
        "/lif action list open SE due:this quarter brag:red sort:updated",
        "/lif action list all agency:police as:xlsx",
    ),
    sentence=filters.trailing,
    replaces=True,
)
def list_(
    ctx: Context,
    which: filters.Which = "",
    words: filters.Words = "",
    group: filters.OfGroup = None,
    owner: filters.Owners = "",
    agency: filters.FromAgency = None,
    kind: filters.Kind = "",
    theme: filters.Theme = "",
    priority: filters.Priority = "",
    gap: filters.Gap = "",
    due: filters.DueWhen = "",
    brag: filters.Colours = "",
    source: filters.From = "",
    sort: filters.Sort = "",
    page: filters.Page = "1",
    file: filters.AsFile = "",
) -> Message:
    """List items: yours, overdue, open, escalated, waiting, closed or all, narrowed by anything you know of them."""
    typed = {"which": which, "words": words, "group": group, "owner": owner, "agency": agency, "kind": kind}
    typed |= {
        "theme": theme,
        "priority": priority,
        "gap": gap,
        "due": due,
        "brag": brag,
        "source": source,
        "sort": sort,
    }
    finds = ctx.command is not None and ctx.command.words == find.words
    if finds and not any(typed.values()):
        return _what_to_find()
    asked = filters.asked(ctx, typed, finds=finds)
    if file or (ctx.command and ctx.command.words == as_file.words):
        return send(ctx, asked, list_, file or "xlsx")
    return _listed(ctx, asked, page, which if finds else "")


def _derived(words: str, title: str, summary: str, which: str, examples: tuple[str, ...]) -> Command:
    """Make a command with the list's arguments, whose own words mean something else."""
    first, *rest = list_.args
    args = (replace(first, label=which, longest=2000), *(_keyed(arg) for arg in rest))
    return replace(list_, words=words, title=title, summary=summary, args=args, examples=examples)


def _keyed(arg: Arg) -> Arg:
    """The words stand first here; their key is for those that would be filters."""
    return replace(arg, in_form=False) if arg.name == "words" else arg


find: Command = _derived(
    "find",
    "Find",
    "Find items by words in their text, source, success criteria, reference or history, in everything you may see.",
    "Words and filters",
    (
        "/lif find neglect toolkit",
        "/lif find thresholds overdue owner:@cleo",
        "/lif find audit agency:police due:before 30 June",
    ),
)
as_file: Command = replace(
    _derived("action file", "Send as a file", "Send a list as a file.", "Which", ("/lif action file overdue",)),
    in_help=False,
    replaces=False,
)


def _what_to_find() -> Message:
    says = (
        "What should I look for? Type words, filters or both, for example: /lif find neglect toolkit overdue",
        "Filters: mine, overdue, open, escalated, waiting, closed; owner:@cleo, agency:police, due:March, brag:red.",
    )
    button = Button("Open form", "form find")
    return Message((*(Say(line) for line in says), Ask("", (button,)), Fine("Only you can see this answer.")), says[0])


def _listed(ctx: Context, asked: Asked, page: str, typed: str) -> Message:
    group = asked.group
    sees = visible(ctx)
    hits = search.found(ctx.scope, ctx.reader, asked.query, ctx.caller.id, sees)
    if group and group.id not in sees and not hits:
        text = _counts(ctx, group)
        return Message((Say(text),), summary=text)
    number = int(page) if re.fullmatch("[0-9]{1,4}", page) else 1
    shown = _page(ctx, asked, hits, number, typed)
    if group and group.id not in sees:
        shown = replace(shown, blocks=(*shown.blocks[:-1], Say(_counts(ctx, group)), shown.blocks[-1]))
    return shown


def visible(ctx: Context) -> list[str]:
    """Return the ids of the groups whose items the caller may see."""
    return [group.id for group in people.groups(ctx.scope) if ctx.may("see", group)]


def _counts(ctx: Context, of: Group) -> str:
    """All that others learn of a group, whatever they look for: a count of words would tell what its items say."""
    count, late = search.counts(ctx.scope, of.id)
    return f"{of.name}: {count} open, {late} past their date. Its items can be seen by {rights.who_may('see')}."


def title_of(ctx: Context, query: Query) -> str:
    """Return in words what is looked for."""
    reader = ctx.reader
    names = {f"group {row.id}": row.name for row in reader.groups.values()}
    names |= {f"person {row.id}": row.name for row in reader.people.values()}
    names |= {f"agency {row.id}": row.name for row in reader.agencies.values()}
    return looking.named(query, names)


def _page(ctx: Context, asked: Asked, hits: Sequence[Hit], page: int, typed: str) -> Message:
    pages = max(1, -(-len(hits) // PAGE))
    page = min(max(page, 1), pages)
    title = clip(f"{len(hits)} {title_of(ctx, asked.query)}", 250)
    title += f" · page {page} of {pages}" if pages > 1 else ""
    cards = tuple(_card(ctx, hit) for hit in hits[(page - 1) * PAGE : page * PAGE])
    blocks: list[Block] = [ItemList(title, cards, "" if hits else _nothing(ctx, asked, typed))]
    buttons = (*_turns(ctx, asked, page, pages), *_others(ctx, asked, hits, pages, typed))
    blocks += [Ask("", buttons)] if buttons else []
    blocks.append(Fine("Only you can see this list."))
    return Message(tuple(blocks), summary=title)


def _card(ctx: Context, hit: Hit) -> ItemCard:
    view = hit.view
    buttons = (Button("Show", f"action show {view.ref}"),)
    line = view.line(named=True, today=ctx.scope.today)
    return ItemCard(view.ref, clip(view.text, 300), line, view.brag_word, buttons, hit.said)


def _line(ctx: Context, asked: Asked, words: str = list_.words, **more: str) -> str:
    """The line that asks for the same again, short enough for a button."""
    return ask.button_line(ctx, typed_line(list_, asked.raw, **more).replace(list_.words, words, 1))


def _turns(ctx: Context, asked: Asked, page: int, pages: int) -> list[Button]:
    turn = (("Previous", page - 1), ("Next", page + 1))
    return [Button(label, _line(ctx, asked, page=str(to))) for label, to in turn if 1 <= to <= pages]


def _others(ctx: Context, asked: Asked, hits: Sequence[Hit], pages: int, typed: str) -> list[Button]:
    """What else can be asked for: all of it as a file, or more than was found."""
    found = [Button("Send me all of it", _line(ctx, asked, as_file.words))] if pages > 1 else []
    if literal := _taken_for_filters(asked, typed):
        words = replace(asked, raw={"which": f"all {filters.EVERYWHERE}", "words": typed})
        found.append(Button(clip(f"Look for the word “{literal[0]}”", 70), _line(ctx, words)))
    if not hits and asked.query.standing:
        wider = {**asked.raw, "which": " ".join(("all", *_beside(asked)))}
        found.append(Button("Look among closed ones too", _line(ctx, replace(asked, raw=wider))))
    if not hits and asked.group and (asked.query.words or asked.query.standing):
        wider = {name: value for name, value in asked.raw.items() if name != "group"}
        wider["which"] = f"{asked.raw.get('which', '')} {filters.EVERYWHERE}".strip()
        found.append(Button("Look in all groups", _line(ctx, replace(asked, raw=wider))))
    return found


def _beside(asked: Asked) -> list[str]:
    """What was said beside how the items stand."""
    return [word for word in asked.raw.get("which", "").split() if word in ("mine", filters.EVERYWHERE)]


def _taken_for_filters(asked: Asked, typed: str) -> list[str]:
    """The words that were read as filters beside others that were looked for: they may have been meant as words."""
    said = [word for word in typed.replace(",", " ").lower().split() if word in looking.FILTERS]
    return said if asked.query.words else []


def _nothing(ctx: Context, asked: Asked, typed: str) -> str:
    query = asked.query
    if query.filters == ("mine",) and len(asked.raw) == 1:
        return "Nothing is waiting for you. Thank you."
    if ctx.incoming.kind == "words" and len(typed.split()) >= UNCERTAIN:
        return "Nothing fits all of these words. If you meant to tell me news, put “update” before them."
    if query.words:
        return "Nothing fits all of these words. Fewer words, or the beginning of one, may find more."
    if len(asked.raw) > 1 + bool(asked.group):
        return "Nothing here fits all of that. Leave a part of it out to see more."
    return "Nothing here. To log an action type: /lif action add … owner:@name due:31 March"
