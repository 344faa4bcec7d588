<%!
    import re

    def plain(steps):
        """Leave out what alembic writes for its own sake."""
        steps = re.sub(r" *# ### .*\n?", "", steps or "")
        steps = re.sub(r"\b(?:batch_)?op\.f\((.+?)\)", r"\1", steps).replace(", unique=False", "").replace(", schema=None", "")
        return steps.strip() or "pass"

    def quoted(name):
        return f'"{name}"' if name else "None"
%>\
"""${message[:1].upper() + message[1:]}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = ${quoted(up_revision)}
down_revision = ${quoted(down_revision)}


def upgrade() -> None:
    """Bring the tables and their rows here from the revision before."""
    ${upgrades | plain}
