"""The learning register, dissemination notices and their receipts, assurance, strong practice, challenge, impact."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables and their rows here from the revision before."""
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signing_key"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("learning_method", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("own_reference", sa.String(), nullable=True),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("finalised_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("available_until", sa.Date(), nullable=True),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("delay_reason", sa.String(), nullable=True),
        sa.Column("findings", sa.String(), nullable=True),
        sa.Column("result_of", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_by", sa.String(), nullable=True),
        sa.Column("hold_reason", sa.String(), nullable=True),
        sa.Column("hold_note", sa.String(), nullable=True),
        sa.Column("hold_until", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_source_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("partnership_id", "ref", name="uq_source_partnership_id_ref"),
    )
    with op.batch_alter_table("source") as batch_op:
        batch_op.create_index("ix_source_look_again_at", ["look_again_at"])

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_why", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("nudged_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_milestone_partnership_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_milestone_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
    )
    with op.batch_alter_table("milestone") as batch_op:
        batch_op.create_index("ix_milestone_look_again_at", ["look_again_at"])
        batch_op.create_index("ix_milestone_source_id", ["source_id"])

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("asks", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("event_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("cascade_text", sa.String(), nullable=False),
        sa.Column("cascade_by", sa.Date(), nullable=False),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("checker", sa.String(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.Column("sent_back", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.Column("placed", sa.JSON(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=True),
        sa.Column("hits_on", sa.Date(), nullable=True),
        sa.Column("unit_told_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_notice_partnership_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_notice_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.UniqueConstraint("partnership_id", "ref", name="uq_notice_partnership_id_ref"),
    )
    with op.batch_alter_table("notice") as batch_op:
        batch_op.create_index("ix_notice_look_again_at", ["look_again_at"])
        batch_op.create_index("ix_notice_source_id", ["source_id"])

    op.create_table(
        "assurance_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("timescale_text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_assurance_request_item_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_assurance_request_partnership_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_assurance_request_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assurance_request"),
        sa.UniqueConstraint("partnership_id", "ref", name="uq_assurance_request_partnership_id_ref"),
    )
    with op.batch_alter_table("assurance_request") as batch_op:
        batch_op.create_index("ix_assurance_request_look_again_at", ["look_again_at"])
        batch_op.create_index("ix_assurance_request_source_id", ["source_id"])

    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=False),
        sa.Column("raised_agency", sa.String(), nullable=True),
        sa.Column("to_agency", sa.String(), nullable=True),
        sa.Column("to_group", sa.String(), nullable=True),
        sa.Column("responded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("responded_by", sa.String(), nullable=True),
        sa.Column("response", sa.String(), nullable=True),
        sa.Column("discussed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_reason", sa.String(), nullable=True),
        sa.Column("outcome_by", sa.String(), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_challenge_item_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_challenge_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_challenge"),
        sa.UniqueConstraint("item_id", name="uq_challenge_item_id"),
    )
    op.create_table(
        "hand_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("from_item", sa.Integer(), nullable=False),
        sa.Column("to_item", sa.Integer(), nullable=False),
        sa.Column("output", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["from_item"], ["item.id"], name="fk_hand_off_from_item"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_hand_off_partnership_id"),
        sa.ForeignKeyConstraint(["to_item"], ["item.id"], name="fk_hand_off_to_item"),
        sa.PrimaryKeyConstraint("id", name="pk_hand_off"),
    )
    with op.batch_alter_table("hand_off") as batch_op:
        batch_op.create_index("ix_hand_off_from_item", ["from_item"])
        batch_op.create_index("ix_hand_off_to_item", ["to_item"])

    op.create_table(
        "impact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("ask_on", sa.Date(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("nudged_on", sa.Date(), nullable=True),
        sa.Column("chased", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("how_much", sa.String(), nullable=True),
        sa.Column("how_well", sa.String(), nullable=True),
        sa.Column("difference", sa.String(), nullable=True),
        sa.Column("evidence_type", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("embedded", sa.String(), nullable=True),
        sa.Column("voice", sa.String(), nullable=True),
        sa.Column("assumption", sa.String(), nullable=True),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_impact_item_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_impact_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_impact"),
    )
    with op.batch_alter_table("impact") as batch_op:
        batch_op.create_index("ix_impact_item", ["partnership_id", "item_id"])
        batch_op.create_index("ix_impact_look_again_at", ["look_again_at"])

    op.create_table(
        "notice_post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("drawn", sa.String(), nullable=False),
        sa.Column("redraws", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_notice_post_notice_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_notice_post_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice_post"),
        sa.UniqueConstraint(
            "partnership_id",
            "platform",
            "channel",
            "stamp",
            name="uq_notice_post_partnership_id_platform_channel_stamp",
        ),
    )
    with op.batch_alter_table("notice_post") as batch_op:
        batch_op.create_index("ix_notice_post_notice_id", ["notice_id"])

    op.create_table(
        "practice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("spread_to", sa.String(), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("spread_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_practice_item_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_practice_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
        sa.UniqueConstraint("item_id", name="uq_practice_item_id"),
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("by_link", sa.Boolean(), nullable=False),
        sa.Column("how", sa.JSON(), nullable=False),
        sa.Column("to_whom", sa.String(), nullable=True),
        sa.Column("reach", sa.Integer(), nullable=True),
        sa.Column("applies", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("nudged_on", sa.Date(), nullable=True),
        sa.Column("chased", sa.JSON(), nullable=False),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name="fk_receipt_notice_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_receipt_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
        sa.UniqueConstraint("notice_id", "agency_id", name="uq_receipt_notice_id_agency_id"),
    )
    with op.batch_alter_table("receipt") as batch_op:
        batch_op.create_index("ix_receipt_look_again_at", ["look_again_at"])
        batch_op.create_index("ix_receipt_notice_id", ["notice_id"])

    op.create_table(
        "assurance_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("nudged_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_assurance_answer_partnership_id"),
        sa.ForeignKeyConstraint(["request_id"], ["assurance_request.id"], name="fk_assurance_answer_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assurance_answer"),
        sa.UniqueConstraint("request_id", "agency_id", name="uq_assurance_answer_request_id_agency_id"),
    )
    with op.batch_alter_table("assurance_answer") as batch_op:
        batch_op.create_index("ix_assurance_answer_look_again_at", ["look_again_at"])
        batch_op.create_index("ix_assurance_answer_request_id", ["request_id"])

    with op.batch_alter_table("agency") as batch_op:
        batch_op.add_column(sa.Column("ld_deputy", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("representative", sa.String(), nullable=True))

    with op.batch_alter_table("asked") as batch_op:
        batch_op.add_column(sa.Column("records", sa.JSON(), nullable=False, server_default="[]"))

    with op.batch_alter_table("item") as batch_op:
        batch_op.add_column(sa.Column("source_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index("ix_item_source", ["partnership_id", "source_id"])
        batch_op.create_foreign_key("fk_item_source_id", "source", ["source_id"], ["id"])

    with op.batch_alter_table("log") as batch_op:
        batch_op.add_column(sa.Column("record", sa.String(), nullable=True))
        batch_op.create_index("ix_log_record", ["record"])

    with op.batch_alter_table("partnership") as batch_op:
        batch_op.add_column(sa.Column("answers", sa.JSON(), nullable=False, server_default="{}"))
