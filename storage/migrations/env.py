"""What alembic runs: it works on the connection, and inside the transaction, that storage/migrate.py gives it."""

from __future__ import annotations

from alembic import context

given = context.config.attributes
context.configure(connection=given["connection"], **given["options"])
context.run_migrations()
