"""Who takes over and who is away, tags, series, cards in channels, and what was said where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables and their rows here from the revision before."""
    op.create_table(
        "setup_code",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_setup_code"),
    )
    op.create_table(
        "roster_stamp",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roster_stamp"),
    )
    op.execute("INSERT INTO roster_stamp (id, stamp) VALUES (1, '0002')")
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("substitute", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_absence_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    with op.batch_alter_table("absence") as batch_op:
        batch_op.create_index("ix_absence_person", ["partnership_id", "person", "until_on"])

    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("drawn", sa.String(), nullable=False),
        sa.Column("redraws", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_card_item_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_card_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
        sa.UniqueConstraint(
            "partnership_id", "platform", "channel", "stamp", name="uq_card_partnership_id_platform_channel_stamp"
        ),
    )
    with op.batch_alter_table("card") as batch_op:
        batch_op.create_index("ix_card_item_id", ["item_id"])
        batch_op.create_index("ix_card_thread", ["partnership_id", "platform", "channel", "thread"])

    with op.batch_alter_table("evidence") as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("said_in", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("corrects", sa.Integer(), nullable=True))
        batch_op.create_index("ix_evidence_said_in", ["said_in"])
        batch_op.create_foreign_key("fk_evidence_corrects", "evidence", ["corrects"], ["id"])

    with op.batch_alter_table("item") as batch_op:
        batch_op.add_column(sa.Column("themes", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("gap", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("priority", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("response", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("response_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("superseded_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("said_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("said_url", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("repeats", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("repeats_text", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("repeat_of", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("taken_on_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("offered_to", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("chased_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("drift_dismissed", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.create_foreign_key("fk_item_superseded_by", "item", ["superseded_by"], ["id"])
        batch_op.create_index("ix_item_under", ["partnership_id", "parent"])
        batch_op.create_index("ix_item_instead", ["partnership_id", "superseded_by"])
        batch_op.create_foreign_key("fk_item_repeat_of", "item", ["repeat_of"], ["id"])

    with op.batch_alter_table("item_update") as batch_op:
        batch_op.add_column(sa.Column("said_in", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("corrects", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("for_person", sa.String(), nullable=True))
        batch_op.create_index("ix_item_update_said_in", ["said_in"])
        batch_op.create_foreign_key("fk_item_update_corrects", "item_update", ["corrects"], ["id"])

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("slack_closed", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("teams_closed", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("nudge_at", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("wants_digest", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("home_opened_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("home_stale", sa.Boolean(), nullable=False, server_default=sa.false()))
