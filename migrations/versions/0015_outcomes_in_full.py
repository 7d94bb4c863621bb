"""Outcomes in full: what a release asks, costs, versions of the text, labels, inhabitants.

Revision: 0015, after 0014
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SECTIONS = (
    "subject",
    "summary_html",
    "background_html",
    "competence_html",
    "regulation_html",
    "arguments_html",
    "advice_html",
    "finances_html",
    "articles_html",
)
STATES = (
    "to_schedule",
    "scheduled",
    "approved",
    "approved_amended",
    "rejected",
    "noted",
    "postponed",
    "not_applicable",
)
ASKED = ("approval", "notice", "position")
ORGANS = ("college", "council", "college_then_council", "both")


def upgrade() -> None:
    upgrade_outcomes()
    upgrade_follow_ups()
    upgrade_texts()
    upgrade_costs()
    upgrade_tags()


def upgrade_outcomes() -> None:
    with op.batch_alter_table("outcomes") as table:
        table.drop_constraint(op.f("ck_outcomes_outcomestate"), type_="check")
        table.create_check_constraint(
            op.f("ck_outcomes_outcomestate"), one_of("state", "draft", "ready", "released")
        )
    op.create_table(
        "outcome_requests",
        reference("outcome_id"),
        sa.Column("organs", sa.String(length=40), nullable=False),
        sa.Column("college_asked", sa.String(length=40), nullable=True),
        sa.Column("council_asked", sa.String(length=40), nullable=True),
        sa.Column("due_rule", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(due_rule = 'open') = (due_on IS NULL)", name=op.f("ck_outcome_requests_due")
        ),
        sa.CheckConstraint(
            "(college_asked IS NULL) = (organs = 'council')"
            " AND (council_asked IS NULL) = (organs = 'college')",
            name=op.f("ck_outcome_requests_asked"),
        ),
        check("outcome_requests", "organorder", one_of("organs", *ORGANS)),
        check("outcome_requests", "collegeasked", one_of("college_asked", *ASKED)),
        check("outcome_requests", "councilasked", one_of("council_asked", *ASKED)),
        check("outcome_requests", "duerule", one_of("due_rule", "open", "date", "before_council")),
        points_to("outcome_requests", "outcome_id", "outcomes"),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_outcome_requests")),
    )
    op.create_table(
        "participation_steps",
        reference("id"),
        reference("outcome_id"),
        reference("organisation_id"),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by_name", sa.String(length=200), nullable=False),
        sa.Column("noted_at_utc", sa.DateTime(timezone=True), nullable=False),
        check("participation_steps", "explained", "reason <> ''"),
        check("participation_steps", "step", one_of("step", "in", "out")),
        points_to("participation_steps", "outcome_id", "outcomes"),
        points_to("participation_steps", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation_steps")),
    )
    op.create_index(
        op.f("ix_participation_steps_outcome_id"), "participation_steps", ["outcome_id"]
    )
    op.create_table(
        "remark_replies",
        reference("id"),
        reference("outcome_id"),
        reference("organisation_id", optional=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replied_by_name", sa.String(length=200), nullable=False),
        sa.Column("replied_at_utc", sa.DateTime(timezone=True), nullable=False),
        check("remark_replies", "remark", "(organisation_id IS NULL) = (remark = '')"),
        points_to("remark_replies", "outcome_id", "outcomes"),
        points_to("remark_replies", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark_replies")),
    )
    op.create_index(op.f("ix_remark_replies_outcome_id"), "remark_replies", ["outcome_id"])


def upgrade_follow_ups() -> None:
    with op.batch_alter_table("follow_ups") as table:
        table.add_column(
            sa.Column("asked", sa.String(length=40), nullable=False, server_default="approval")
        )
        table.add_column(
            sa.Column("after_college", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.create_check_constraint(op.f("ck_follow_ups_askedoforgan"), one_of("asked", *ASKED))
        table.drop_constraint(op.f("ck_follow_ups_followupstate"), type_="check")
        table.create_check_constraint(
            op.f("ck_follow_ups_followupstate"), one_of("state", *STATES, "stepped_out")
        )
    # What was asked until now followed from the kind of the outcome.
    op.execute(
        "UPDATE follow_ups SET asked = 'position' WHERE outcome_id IN"
        " (SELECT id FROM outcomes WHERE kind = 'position')"
    )


def upgrade_texts() -> None:
    with op.batch_alter_table("canonical_texts") as table:
        table.add_column(
            sa.Column("version_number", sa.Integer(), nullable=False, server_default="1")
        )
        table.create_check_constraint(
            op.f("ck_canonical_texts_version_number"), "version_number >= 1"
        )
    op.create_table(
        "text_versions",
        reference("id"),
        reference("outcome_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *[sa.Column(section, sa.Text(), nullable=False) for section in SECTIONS],
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("issued_by_name", sa.String(length=200), nullable=False),
        sa.Column("issued_at_utc", sa.DateTime(timezone=True), nullable=False),
        check("text_versions", "number", "number >= 1"),
        check("text_versions", "correction_explained", "number = 1 OR reason <> ''"),
        points_to("text_versions", "outcome_id", "outcomes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_versions")),
        sa.UniqueConstraint(
            "outcome_id", "number", name=op.f("uq_text_versions_outcome_id_number")
        ),
    )
    # The outcome's id names the only version that there was, as an id need only be its own.
    op.execute(
        "INSERT INTO text_versions (id, outcome_id, number, subject, summary_html,"
        " background_html, competence_html, regulation_html, arguments_html, advice_html,"
        " finances_html, articles_html, reason, issued_by_name, issued_at_utc)"
        " SELECT outcomes.id, outcomes.id, 1, subject, summary_html,"
        " background_html, competence_html, regulation_html, arguments_html, advice_html,"
        " finances_html, articles_html, '', noted_by_name, released_at_utc"
        " FROM canonical_texts JOIN outcomes ON outcomes.id = canonical_texts.outcome_id"
        " WHERE outcomes.state = 'released'"
    )


def upgrade_costs() -> None:
    with op.batch_alter_table("organisations") as table:
        table.add_column(sa.Column("inhabitants", sa.Integer(), nullable=True))
        table.add_column(sa.Column("inhabitants_year", sa.Integer(), nullable=True))
        table.create_check_constraint(
            op.f("ck_organisations_inhabitants"),
            "(inhabitants IS NULL) = (inhabitants_year IS NULL)"
            " AND (inhabitants IS NULL OR inhabitants > 0)",
        )
    op.create_table(
        "cost_sharings",
        reference("outcome_id"),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("each_cents", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        check("cost_sharings", "each", "(rule = 'table') = (each_cents IS NULL)"),
        check("cost_sharings", "positive", "each_cents IS NULL OR each_cents > 0"),
        check("cost_sharings", "costrule", one_of("rule", "fixed", "per_inhabitant", "table")),
        points_to("cost_sharings", "outcome_id", "outcomes"),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_cost_sharings")),
    )
    op.create_table(
        "municipal_costs",
        reference("id"),
        reference("outcome_id"),
        sa.Column("version_number", sa.Integer(), nullable=False),
        reference("organisation_id"),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("inhabitants", sa.Integer(), nullable=True),
        check("municipal_costs", "amount", "amount_cents >= 0"),
        points_to("municipal_costs", "outcome_id", "outcomes"),
        points_to("municipal_costs", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipal_costs")),
        sa.UniqueConstraint(
            "outcome_id",
            "version_number",
            "organisation_id",
            name=op.f("uq_municipal_costs_outcome_id_version_number_organisation_id"),
        ),
    )
    op.create_index(
        op.f("ix_municipal_costs_organisation_id"), "municipal_costs", ["organisation_id"]
    )


def upgrade_tags() -> None:
    op.create_table(
        "municipality_tags",
        reference("id"),
        reference("body_id", optional=True),
        reference("region_id", optional=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        check("municipality_tags", "whose", "(body_id IS NULL) <> (region_id IS NULL)"),
        points_to("municipality_tags", "body_id", "bodies"),
        points_to("municipality_tags", "region_id", "organisations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality_tags")),
        sa.UniqueConstraint("body_id", "name", name=op.f("uq_municipality_tags_body_id_name")),
        sa.UniqueConstraint("region_id", "name", name=op.f("uq_municipality_tags_region_id_name")),
    )
    op.create_table(
        "tagged_municipalities",
        reference("tag_id"),
        reference("organisation_id"),
        points_to("tagged_municipalities", "tag_id", "municipality_tags"),
        points_to("tagged_municipalities", "organisation_id", "organisations"),
        sa.PrimaryKeyConstraint("tag_id", "organisation_id", name=op.f("pk_tagged_municipalities")),
    )
    op.create_index(
        op.f("ix_tagged_municipalities_organisation_id"),
        "tagged_municipalities",
        ["organisation_id"],
    )


def downgrade() -> None:
    for name in (
        "tagged_municipalities",
        "municipality_tags",
        "municipal_costs",
        "cost_sharings",
        "text_versions",
        "remark_replies",
        "participation_steps",
        "outcome_requests",
    ):
        op.drop_table(name)
    with op.batch_alter_table("organisations") as table:
        table.drop_constraint(op.f("ck_organisations_inhabitants"), type_="check")
        table.drop_column("inhabitants_year")
        table.drop_column("inhabitants")
    with op.batch_alter_table("canonical_texts") as table:
        table.drop_constraint(op.f("ck_canonical_texts_version_number"), type_="check")
        table.drop_column("version_number")
    op.execute("UPDATE follow_ups SET state = 'not_applicable' WHERE state = 'stepped_out'")
    with op.batch_alter_table("follow_ups") as table:
        table.drop_constraint(op.f("ck_follow_ups_followupstate"), type_="check")
        table.create_check_constraint(op.f("ck_follow_ups_followupstate"), one_of("state", *STATES))
        table.drop_constraint(op.f("ck_follow_ups_askedoforgan"), type_="check")
        table.drop_column("after_college")
        table.drop_column("asked")
    op.execute("UPDATE outcomes SET state = 'draft' WHERE state = 'ready'")
    with op.batch_alter_table("outcomes") as table:
        table.drop_constraint(op.f("ck_outcomes_outcomestate"), type_="check")
        table.create_check_constraint(
            op.f("ck_outcomes_outcomestate"), one_of("state", "draft", "released")
        )


def one_of(column: str, *values: str) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    """A CHECK under the name that the models give it."""
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def reference(name: str, *, optional: bool = False) -> sa.Column[str]:
    """The id of a row, here or elsewhere."""
    return sa.Column(name, sa.String(length=16), nullable=optional)


def points_to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key under the name that the models give it."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
