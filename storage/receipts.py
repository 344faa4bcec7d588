"""What agencies say of having passed a notice on."""

from __future__ import annotations

from lifbot.model import Notice, Receipt
from storage.scope import Scope


def begin(scope: Scope, notice: Notice) -> list[Receipt]:
    """Await a receipt from each agency that a published notice names, once; the next sweep sends it to their links."""
    known = {row.agency_id for row in scope.all(Receipt, Receipt.notice_id == notice.id)}
    new = [id for id in notice.agencies if id not in known]
    return [scope.insert(Receipt, notice_id=notice.id, agency_id=id, look_again_at=scope.now) for id in new]
