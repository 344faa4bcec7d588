"""First tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables and their rows here from the revision before."""
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("now", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clock"),
    )
    op.create_table(
        "installation",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("bundle", sa.String(), nullable=False),
        sa.Column("bot_user", sa.String(), nullable=True),
        sa.Column("installed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("team", name="pk_installation"),
    )
    op.create_table(
        "partnership",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("abbreviation", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=True),
        sa.Column("chair", sa.String(), nullable=True),
        sa.Column("deputy_chair", sa.String(), nullable=True),
        sa.Column("business_unit", sa.JSON(), nullable=False),
        sa.Column("slack_team", sa.String(), nullable=True),
        sa.Column("teams_tenant", sa.String(), nullable=True),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("loaded", sa.JSON(), nullable=False),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_partnership"),
    )
    op.create_index("ix_partnership_slack_team", "partnership", ["slack_team"])
    op.create_index("ix_partnership_teams_tenant", "partnership", ["teams_tenant"])
    op.create_table(
        "pulse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pulse"),
    )
    op.create_table(
        "seen",
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event", name="pk_seen"),
    )
    op.create_index("ix_seen_at", "seen", ["at"])
    op.create_table(
        "teams_reference",
        sa.Column("tenant", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("service_url", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=True),
        sa.Column("user", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "conversation", name="pk_teams_reference"),
    )
    op.create_index("ix_teams_reference_channel", "teams_reference", ["channel"])
    op.create_index("ix_teams_reference_who", "teams_reference", ["who"])
    op.create_table(
        "agency",
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ld_link", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_agency_partnership_id"),
        sa.PrimaryKeyConstraint("partnership_id", "id", name="pk_agency"),
    )
    op.create_table(
        "asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asks", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("stamp", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_asked_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_asked"),
    )
    op.create_index("ix_asked_channel", "asked", ["channel"])
    op.create_index("ix_asked_last", "asked", ["partnership_id", "person", "at"])
    op.create_table(
        "board",
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("chair", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_board_partnership_id"),
        sa.PrimaryKeyConstraint("partnership_id", "id", name="pk_board"),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_draft_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
    )
    op.create_table(
        "group",
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("chair", sa.String(), nullable=True),
        sa.Column("deputy", sa.String(), nullable=True),
        sa.Column("slack_channel", sa.String(), nullable=True),
        sa.Column("teams_channel", sa.String(), nullable=True),
        sa.Column("meetings", sa.JSON(), nullable=True),
        sa.Column("planned_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_group_partnership_id"),
        sa.PrimaryKeyConstraint("partnership_id", "id", name="pk_group"),
    )
    op.create_index("ix_group_slack_channel", "group", ["slack_channel"])
    op.create_index("ix_group_teams_channel", "group", ["teams_channel"])
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("moved_to", sa.Integer(), nullable=True),
        sa.Column("from_rule", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("agenda_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["moved_to"], ["meeting.id"], name="fk_meeting_moved_to"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_meeting_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
    )
    op.create_index("ix_meeting_group", "meeting", ["partnership_id", "group_id", "starts_at"])
    op.create_table(
        "membership",
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_membership_partnership_id"),
        sa.PrimaryKeyConstraint("partnership_id", "group_id", "person_id", name="pk_membership"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_by", sa.Integer(), nullable=True),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("stamp", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_outbox_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("partnership_id", "key", name="uq_outbox_partnership_id_key"),
    )
    op.create_index("ix_outbox_due", "outbox", ["status", "not_before"])
    op.create_index("ix_outbox_person", "outbox", ["partnership_id", "person", "status"])
    op.create_table(
        "person",
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("slack", sa.String(), nullable=True),
        sa.Column("teams", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("prefers", sa.String(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("overdue_anchor", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_person_partnership_id"),
        sa.PrimaryKeyConstraint("partnership_id", "id", name="pk_person"),
    )
    op.create_index("ix_person_slack", "person", ["slack"])
    op.create_index("ix_person_teams", "person", ["teams"])
    op.create_table(
        "refseries",
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_refseries_partnership_id"),
        sa.PrimaryKeyConstraint("partnership_id", "prefix", "year", name="pk_refseries"),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("contributors", sa.JSON(), nullable=False),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("timescale_text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("original_due_on", sa.Date(), nullable=False),
        sa.Column("due_meeting", sa.Integer(), nullable=True),
        sa.Column("agreed_at_meeting", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("success_criteria", sa.String(), nullable=True),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting", sa.String(), nullable=True),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_due", sa.String(), nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("signed_off_on", sa.Date(), nullable=True),
        sa.Column("signed_off_by", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_completable_reason", sa.String(), nullable=True),
        sa.Column("done_instead", sa.String(), nullable=True),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("pauses", sa.JSON(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("discuss_told", sa.Boolean(), nullable=False),
        sa.Column("nudged_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("decision_asked_on", sa.Date(), nullable=True),
        sa.Column("unsigned_told_on", sa.Date(), nullable=True),
        sa.Column("drift_suggested", sa.JSON(), nullable=False),
        sa.Column("impact", sa.String(), nullable=True),
        sa.Column("embedded", sa.String(), nullable=True),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agreed_at_meeting"], ["meeting.id"], name="fk_item_agreed_at_meeting"),
        sa.ForeignKeyConstraint(["due_meeting"], ["meeting.id"], name="fk_item_due_meeting"),
        sa.ForeignKeyConstraint(["parent"], ["item.id"], name="fk_item_parent"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_item_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.UniqueConstraint("partnership_id", "ref", name="uq_item_partnership_id_ref"),
    )
    op.create_index("ix_item_due", "item", ["partnership_id", "look_again_at"])
    op.create_index("ix_item_due_meeting", "item", ["due_meeting"])
    op.create_index("ix_item_group", "item", ["partnership_id", "group_id", "status"])
    op.create_index("ix_item_look_again_at", "item", ["look_again_at"])
    op.create_index("ix_item_number", "item", ["partnership_id", "number"])
    op.create_index("ix_item_owner", "item", ["partnership_id", "owner", "status", "due_on"])
    op.create_index("ix_item_parent", "item", ["parent"])
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("look_again_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_escalation_item_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_escalation_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_escalation"),
    )
    op.create_index("ix_escalation_due", "escalation", ["partnership_id", "look_again_at"])
    op.create_index("ix_escalation_item_id", "escalation", ["item_id"])
    op.create_index("ix_escalation_look_again_at", "escalation", ["look_again_at"])
    op.create_index("ix_escalation_standing", "escalation", ["partnership_id", "ended_at"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_evidence_item_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_evidence_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_item_id", "evidence", ["item_id"])
    op.create_table(
        "item_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_update_item_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_item_update_meeting_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_item_update_partnership_id"),
        sa.PrimaryKeyConstraint("id", name="pk_item_update"),
    )
    op.create_index("ix_item_update_item_id", "item_update", ["item_id"])
    op.create_table(
        "log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_log_item_id"),
        sa.ForeignKeyConstraint(["partnership_id"], ["partnership.id"], name="fk_log_partnership_id"),
        sa.ForeignKeyConstraint(["undoes"], ["log.id"], name="fk_log_undoes"),
        sa.PrimaryKeyConstraint("id", name="pk_log"),
    )
    op.create_index("ix_log_by", "log", ["partnership_id", "by"])
    op.create_index("ix_log_item_id", "log", ["item_id"])
    op.create_index("ix_log_undoes", "log", ["undoes"])
