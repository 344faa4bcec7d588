"""A concern about practice: lifbot says who in the agency is the one to speak with, and keeps nothing of it."""

from __future__ import annotations

from typing import Annotated

from commands.context import Context
from lifbot.grammar import Arg, command
from lifbot.message import Fine, Message, Say
from lifbot.model import Agency
from storage import log, people

Whose = Annotated[Agency, Arg("agency", "Whose practice", "The agency that the concern is about.", leading=True)]
KEPT = (
    "Please tell them directly. The log says only that you were pointed to them, and lifbot keeps no detail. If you "
    "disagree about a child's case, use your local resolution procedure. If somebody is at immediate risk, dial 999."
)


@command("concern", may="ask", title="A concern about practice", examples=("/lif concern agency:Police",))
def concern(ctx: Context, agency: Whose) -> Message:
    """Say whom to speak with about an agency's practice; nothing of the concern is kept."""
    log.write(ctx.scope, ctx.caller.id, log.POINTED, why=agency.id)
    lead = next((person for person in people.present(ctx.scope) if person.id == agency.ld_link), None)
    if lead:
        said = f"{lead.name} is the link of {agency.name}: please speak with them about it."
    else:
        units = [ctx.reader.name(id) for id in ctx.scope.partnership.business_unit]
        said = f"{agency.name} has named no link yet: please speak with {' or '.join(units) or 'the business unit'}."
    return Message((Say(said), Fine(KEPT)), summary="Whom to speak with about a concern")
