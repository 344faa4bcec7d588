"""People named by a post or an agency: "the chair of L&D", "the business unit", "police" for its learning link."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from commands.context import Context
from commands.need import Need, people_choices
from lifbot import posts
from lifbot.grammar import Arg, clip
from lifbot.model import Agency, Board, Group, Person
from lifbot.posts import PARTNERSHIP, Post
from storage import people


@lru_cache(maxsize=4096)
def simple(said: str) -> str:
    """Return a name as names are compared: small letters, single spaces, straight apostrophes."""
    return " ".join(said.lower().replace("’", "'").split())


def groups_called(ctx: Context, said: str) -> Sequence[Group]:
    """Return the groups that an id, prefix, name, alias or part of a name can mean."""
    wanted = simple(said).lstrip("#")
    every = people.groups(ctx.scope)
    exact = [g for g in every if wanted in {simple(each) for each in (g.id, g.prefix, g.name, *g.aliases)}]
    return exact or [g for g in every if wanted in simple(g.name)]


def agencies_called(ctx: Context, said: str, *, part: bool = True) -> Sequence[Agency]:
    """Return the agencies that an id, a name or part of a name can mean."""
    wanted = simple(said).strip(" @.,").removeprefix("the ")
    every = people.agencies(ctx.scope)
    exact = [each for each in every if wanted in {simple(each.id), simple(each.name).removeprefix("the ")}]
    return exact or [each for each in every if part and len(wanted) > 2 and wanted in simple(each.name)]


def named_by_role(ctx: Context, arg: Arg, said: str) -> Person | Need | None:
    """Return who holds a post or is an agency's link, a question where it is unclear, None where neither is named."""
    post = posts.read(said)
    if post and (found := _post(ctx, arg, post, said)):
        return found
    agencies = agencies_called(ctx, said)
    if len(agencies) == 1:
        return _link(ctx, arg, agencies[0], said)
    if agencies:
        known = [(each, ctx.reader.people.get(each.ld_link or "")) for each in agencies]
        links = [person for _, person in known if person and person.left_on is None]
        names = " or ".join(each.name for each in agencies)
        return Need(arg, f"“{clip(said, 40)}” could be {names}. Who is meant?", people_choices(links))
    return None


def is_role(ctx: Context, said: str) -> bool:
    """Whether words name exactly one post or agency, so that a sentence may begin with them."""
    post = posts.read(said)
    if post and post.of not in ("", PARTNERSHIP):
        return len(groups_called(ctx, post.of)) == 1
    if post:
        return post.of == PARTNERSHIP or post.name == "business unit" or ctx.here is not None
    return len(agencies_called(ctx, said, part=False)) == 1


def has_link(ctx: Context, said: str) -> bool:
    """Whether words mean an agency that has a link person, who answers for what it is given by default."""
    found = agencies_called(ctx, said)
    link = ctx.reader.people.get(found[0].ld_link or "") if len(found) == 1 else None
    return link is not None and link.left_on is None


def _post(ctx: Context, arg: Arg, post: Post, said: str) -> Person | Need | None:
    head = ctx.scope.partnership
    if post.name == "business unit":
        return _one_of(ctx, arg, said, head.business_unit, "in the business unit")
    if post.of == PARTNERSHIP:
        boards = [row.chair for row in ctx.scope.all(Board, order=Board.id) if row.chair]
        held = [head.deputy_chair] if post.name == "deputy" else ([head.chair] if head.chair else boards)
        what = "deputy chair of the partnership" if post.name == "deputy" else "chair of the partnership"
        return _one_of(ctx, arg, said, held, what)
    groups = groups_called(ctx, post.of) if post.of else [ctx.here] if ctx.here else []
    if len(groups) != 1:
        return None
    held = [groups[0].chair if post.name == "chair" else groups[0].deputy]
    return _one_of(ctx, arg, said, held, f"{post.name} of {groups[0].name}", groups[0])


def _one_of(
    ctx: Context, arg: Arg, said: str, ids: Sequence[str | None], what: str, group: Group | None = None
) -> Person | Need:
    """Return the one who holds a post; ask where there are several or nobody."""
    known = ctx.reader.people
    found = [known[id] for id in ids if id and id in known and known[id].left_on is None]
    if len(found) == 1:
        return _read_as(ctx, said, found[0], what)
    if found:
        return Need(arg, f"Several people are {what}. Who is meant?", people_choices(found))
    others = [known[id] for id in people.members(ctx.scope, group) if id in known] if group else []
    return Need(arg, f"There is no {what} just now. Who is meant?", people_choices(others))


def _link(ctx: Context, arg: Arg, agency: Agency, said: str) -> Person | Need:
    link = ctx.reader.people.get(agency.ld_link or "")
    if link and link.left_on is None:
        return _read_as(ctx, said, link, f"link of {agency.name}")
    theirs = [person for person in people.present(ctx.scope) if person.agency == agency.id]
    return Need(arg, f"{agency.name} has no link person yet. Who answers for it there?", people_choices(theirs[:8]))


def _read_as(ctx: Context, said: str, person: Person, what: str) -> Person:
    ctx.read_as.append(f"“{clip(said, 60)}” was read as {person.name}, {what}.")
    return person
