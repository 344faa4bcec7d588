"""What a PostgreSQL database of the tests held at first, to set others back to it."""

from __future__ import annotations

import psycopg
from psycopg import sql

ALONE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
COLUMNS = (
    "SELECT count(*), sum(hashtext(c.relname || '.' || a.attname))"
    " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    " WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped"
)
COUNTERS = (
    "SELECT quote_ident(sequencename), last_value, last_value IS NOT NULL FROM pg_sequences WHERE schemaname = 'public'"
)


class Snapshot:
    """What a filled database holds, to set others back to it; it stays there for those that have to be copied."""

    def __init__(self, name: str, url: str) -> None:
        self.name = name
        with psycopg.connect(url) as connection:
            self.columns = connection.execute(COLUMNS).fetchone()
            self.tables = [row[0] for row in connection.execute(TABLES)]
            self.counters = connection.execute(COUNTERS).fetchall()
            rows = {name: self._rows(connection, name) for name in self.tables}
        self.rows = {name: found for name, found in rows.items() if found}

    @staticmethod
    def _rows(connection: psycopg.Connection, name: str) -> bytes:
        with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as copied:
            return b"".join(bytes(part) for part in copied)

    def restore(self, url: str) -> bool:
        """Set a database back to this; False where its tables are not what they were."""
        with psycopg.connect(url) as connection:
            connection.execute(ALONE)
            if connection.execute(COLUMNS).fetchone() != self.columns:
                return False
            connection.execute("SET LOCAL session_replication_role = replica")  # in whichever order
            deleting = (sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in self.tables)
            connection.execute(sql.SQL("; ").join(deleting))
            for name, rows in self.rows.items():
                with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copying:
                    copying.write(rows)
            for name, last, is_called in self.counters:
                connection.execute("SELECT setval(%s, %s, %s)", (name, last or 1, is_called))
        return True
