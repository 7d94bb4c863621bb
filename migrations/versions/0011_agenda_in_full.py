"""Dossiers, proposals, validation and agendas in full.

Revision: 0011, after 0010
Migrations name tables and types themselves and import nothing from overleg.
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STATES = (
    "draft",
    "submitted",
    "in_validation",
    "validated",
    "returned",
    "scheduled",
    "treated",
    "withdrawn",
    "refused",
    "referred",
)
MORE_STATES = ("draft", "awaiting_sign_off", "offered", *STATES[1:])
VALIDATORS = ("chair", "committee")
MORE_VALIDATORS = ("chair", "committee", "body", "support")
CIRCLES = ("public", "administrations", "mayors")
FUNCTIONS = ("exchange", "tuning", "policy")
KINDS = ("information", "steering", "project", "strategy")
ASKED = ("note", "discuss", "decide")
ADVICE = ("on_agenda", "for_information", "return", "refer", "not_ripe")


def upgrade() -> None:
    upgrade_dossiers()
    upgrade_proposals()
    upgrade_validation()
    upgrade_agendas()


def upgrade_dossiers() -> None:
    with op.batch_alter_table("dossiers") as table:
        table.add_column(words("summary_html"))
        table.add_column(choice("circle", "mayors"))
        table.add_column(reference("owner_id"))
        table.add_column(reference("contact_id"))
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
        table.create_foreign_key(
            op.f("fk_dossiers_owner_id"), "organisations", ["owner_id"], ["id"]
        )
        table.create_foreign_key(op.f("fk_dossiers_contact_id"), "people", ["contact_id"], ["id"])
        table.create_check_constraint(op.f("ck_dossiers_circle"), one_of("circle", *CIRCLES))
    op.create_table(
        "themes",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themes")),
        sa.UniqueConstraint("name", name=op.f("uq_themes_name")),
    )
    pair("dossier_themes", ("dossier_id", "dossiers"), ("theme_id", "themes"))
    pair(
        "dossier_links",
        ("first_id", "dossiers"),
        ("second_id", "dossiers"),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_dossier_links_order")),
    )


def upgrade_proposals() -> None:
    with op.batch_alter_table("proposals") as table:
        table.add_column(flag("is_urgent"))
        table.add_column(words("urgent_motive"))
        table.add_column(moment("asked_back_at_utc"))
        table.add_column(words("asked_back_reason"))
        table.drop_constraint(op.f("ck_proposals_proposalstate"), type_="check")
        table.create_check_constraint(
            op.f("ck_proposals_proposalstate"), one_of("state", *MORE_STATES)
        )
        table.create_check_constraint(
            op.f("ck_proposals_urgent_motive"), "NOT is_urgent OR urgent_motive <> ''"
        )
    child(
        "co_submitters",
        ("proposal_id", "proposals"),
        reference("person_id", optional=False),
        reference("organisation_id", optional=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at_utc", sa.DateTime(timezone=True), nullable=False),
        moment("answered_at_utc"),
        sa.CheckConstraint(
            one_of("state", "asked", "confirmed", "declined"),
            name=op.f("ck_co_submitters_cosubmitterstate"),
        ),
        sa.CheckConstraint(
            "(state = 'asked') = (answered_at_utc IS NULL)", name=op.f("ck_co_submitters_answered")
        ),
        points_to("co_submitters", "person_id", "people"),
        points_to("co_submitters", "organisation_id", "organisations"),
        unique=("proposal_id", "person_id"),
    )
    op.create_index(op.f("ix_co_submitters_person_id"), "co_submitters", ["person_id"])
    child(
        "proposal_revisions",
        ("proposal_id", "proposals"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at_utc", sa.DateTime(timezone=True), nullable=False),
        reference("saved_by_id", optional=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("explanation_html", sa.Text(), nullable=False),
        *enum_column("proposal_revisions", "function", "proposalfunction", FUNCTIONS),
        *enum_column("proposal_revisions", "kind", "proposalkind", KINDS),
        *enum_column("proposal_revisions", "asked", "asked", ASKED),
        sa.Column("minutes_needed", sa.Integer(), nullable=False),
        *enum_column("proposal_revisions", "circle", "circle", CIRCLES),
        points_to("proposal_revisions", "saved_by_id", "people"),
        unique=("proposal_id", "number"),
    )
    child(
        "proposal_templates",
        ("body_id", "bodies"),
        *enum_column("proposal_templates", "kind", "proposalkind", KINDS, optional=True),
        unique=("body_id", "kind"),
    )
    child(
        "template_questions",
        ("template_id", "proposal_templates"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        unique=("template_id", "position"),
    )
    child(
        "proposal_answers",
        ("proposal_id", "proposals"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("answer_html", sa.Text(), nullable=False),
        unique=("proposal_id", "position"),
    )
    child(
        "annex_versions",
        ("annex_id", "annexes"),
        sa.Column("number", sa.Integer(), nullable=False),
        reference("file_id", optional=False),
        points_to("annex_versions", "file_id", "stored_files"),
        unique=("annex_id", "number"),
    )
    op.create_index(op.f("ix_annex_versions_file_id"), "annex_versions", ["file_id"])


def upgrade_validation() -> None:
    with op.batch_alter_table("validation_rounds") as table:
        table.add_column(reference("asked_body_id"))
        table.add_column(choice("decides", "majority"))
        for name in ("may_return", "may_refuse", "may_refer"):
            table.add_column(flag(name, on=True))
        table.add_column(choice("when_time_is_over", "remind"))
        table.add_column(choice("advice_shown", "at_once"))
        table.add_column(moment("reminded_at_utc"))
        table.add_column(moment("passed_to_chair_at_utc"))
        table.add_column(sa.Column("decision", sa.String(length=40), nullable=True))
        table.add_column(reference("decided_by_id"))
        table.add_column(words("decision_reason"))
        table.create_foreign_key(
            op.f("fk_validation_rounds_asked_body_id"), "bodies", ["asked_body_id"], ["id"]
        )
        table.create_foreign_key(
            op.f("fk_validation_rounds_decided_by_id"), "people", ["decided_by_id"], ["id"]
        )
        table.drop_constraint(op.f("ck_validation_rounds_validatedby"), type_="check")
        for name, condition in (
            ("validatedby", one_of("validated_by", *MORE_VALIDATORS)),
            ("decides", one_of("decides", "majority", "chair")),
            ("whentimeisover", one_of("when_time_is_over", "remind", "to_chair")),
            ("adviceshown", one_of("advice_shown", "after_own", "at_once")),
            ("answer", one_of("decision", "agree", "return", "refuse", "refer")),
            ("asked_body", "(validated_by = 'body') = (asked_body_id IS NOT NULL)"),
            ("decision", "(decided_by_id IS NULL) = (decision IS NULL)"),
        ):
            table.create_check_constraint(op.f(f"ck_validation_rounds_{name}"), condition)
    with op.batch_alter_table("validation_votes") as table:
        table.add_column(sa.Column("advice", sa.String(length=40), nullable=True))
        table.create_check_constraint(op.f("ck_validation_votes_advice"), one_of("advice", *ADVICE))


def upgrade_agendas() -> None:
    with op.batch_alter_table("agenda_items") as table:
        table.add_column(sa.Column("number", sa.Integer(), nullable=True))
        table.add_column(choice("section", "", length=200))
        table.add_column(flag("is_closed"))
        table.create_check_constraint(
            op.f("ck_agenda_items_closed_is_narrow"), "NOT is_closed OR circle = 'mayors'"
        )
    with op.batch_alter_table("sent_items") as table:
        table.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(choice("section", "", length=200))
        table.add_column(flag("is_closed"))
    op.execute("UPDATE sent_items SET position = number")
    with op.batch_alter_table("sent_items") as table:
        table.drop_constraint(op.f("uq_sent_items_version_id_number"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_sent_items_version_id_position"), ["version_id", "position"]
        )
    with op.batch_alter_table("sent_annexes") as table:
        table.add_column(reference("annex_id"))
        table.create_foreign_key(
            op.f("fk_sent_annexes_annex_id"), "annexes", ["annex_id"], ["id"], ondelete="SET NULL"
        )
        table.create_index(op.f("ix_sent_annexes_annex_id"), ["annex_id"])
    child(
        "agenda_templates",
        ("body_id", "bodies"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        unique=("body_id", "name"),
    )
    child(
        "agenda_template_items",
        ("template_id", "agenda_templates"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("explanation_html", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=200), nullable=False),
        *enum_column("agenda_template_items", "asked", "asked", ASKED),
        sa.Column("minutes_needed", sa.Integer(), nullable=False),
        *enum_column("agenda_template_items", "circle", "circle", CIRCLES),
        sa.CheckConstraint(
            "minutes_needed BETWEEN 0 AND 480",
            name=op.f("ck_agenda_template_items_minutes_needed"),
        ),
    )
    op.create_index(
        op.f("ix_agenda_template_items_template_id"), "agenda_template_items", ["template_id"]
    )


def downgrade() -> None:
    op.drop_table("agenda_template_items")
    op.drop_table("agenda_templates")
    with op.batch_alter_table("sent_annexes") as table:
        table.drop_constraint(op.f("fk_sent_annexes_annex_id"), type_="foreignkey")
        table.drop_index(op.f("ix_sent_annexes_annex_id"))
        table.drop_column("annex_id")
    op.execute("UPDATE sent_items SET number = position")
    with op.batch_alter_table("sent_items") as table:
        table.drop_constraint(op.f("uq_sent_items_version_id_position"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_sent_items_version_id_number"), ["version_id", "number"]
        )
        for column in ("position", "section", "is_closed"):
            table.drop_column(column)
    with op.batch_alter_table("agenda_items") as table:
        table.drop_constraint(op.f("ck_agenda_items_closed_is_narrow"), type_="check")
        for column in ("number", "section", "is_closed"):
            table.drop_column(column)
    downgrade_validation()
    downgrade_proposals()


def downgrade_validation() -> None:
    with op.batch_alter_table("validation_votes") as table:
        table.drop_constraint(op.f("ck_validation_votes_advice"), type_="check")
        table.drop_column("advice")
    others = "SELECT id FROM validation_rounds WHERE validated_by IN ('body', 'support')"
    op.execute(f"DELETE FROM validation_votes WHERE round_id IN ({others})")  # noqa: S608
    op.execute("DELETE FROM validation_rounds WHERE validated_by IN ('body', 'support')")
    with op.batch_alter_table("validation_rounds") as table:
        for check in (
            "validatedby",
            "decides",
            "whentimeisover",
            "adviceshown",
            "answer",
            "asked_body",
            "decision",
        ):
            table.drop_constraint(op.f(f"ck_validation_rounds_{check}"), type_="check")
        table.create_check_constraint(
            op.f("ck_validation_rounds_validatedby"), one_of("validated_by", *VALIDATORS)
        )
        for key in ("asked_body_id", "decided_by_id"):
            table.drop_constraint(op.f(f"fk_validation_rounds_{key}"), type_="foreignkey")
        for column in (
            "asked_body_id",
            "decides",
            "may_return",
            "may_refuse",
            "may_refer",
            "when_time_is_over",
            "advice_shown",
            "reminded_at_utc",
            "passed_to_chair_at_utc",
            "decision",
            "decided_by_id",
            "decision_reason",
        ):
            table.drop_column(column)


def downgrade_proposals() -> None:
    for name in (
        "annex_versions",
        "proposal_answers",
        "template_questions",
        "proposal_templates",
        "proposal_revisions",
        "co_submitters",
    ):
        op.drop_table(name)
    op.execute("UPDATE proposals SET state = 'draft' WHERE state = 'awaiting_sign_off'")
    op.execute("UPDATE proposals SET state = 'submitted' WHERE state = 'offered'")
    with op.batch_alter_table("proposals") as table:
        table.drop_constraint(op.f("ck_proposals_urgent_motive"), type_="check")
        table.drop_constraint(op.f("ck_proposals_proposalstate"), type_="check")
        table.create_check_constraint(op.f("ck_proposals_proposalstate"), one_of("state", *STATES))
        for column in ("is_urgent", "urgent_motive", "asked_back_at_utc", "asked_back_reason"):
            table.drop_column(column)
    for name in ("dossier_links", "dossier_themes", "themes"):
        op.drop_table(name)
    with op.batch_alter_table("dossiers") as table:
        table.drop_constraint(op.f("ck_dossiers_circle"), type_="check")
        for key in ("owner_id", "contact_id"):
            table.drop_constraint(op.f(f"fk_dossiers_{key}"), type_="foreignkey")
        for column in ("summary_html", "circle", "owner_id", "contact_id", "revision"):
            table.drop_column(column)


def flag(name: str, *, on: bool = False) -> sa.Column[bool]:
    """A yes or no that rows from before have as ``on``."""
    before = sa.true() if on else sa.false()
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=before)


def words(name: str) -> sa.Column[str]:
    """A text that is empty in rows from before."""
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def choice(name: str, before: str, *, length: int = 40) -> sa.Column[str]:
    """A word that rows from before have as ``before``; a CHECK on it is made apart."""
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=before)


def moment(name: str) -> sa.Column[datetime]:
    """A moment that need not be there."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def reference(name: str, *, optional: bool = True) -> sa.Column[str]:
    """The id of a row elsewhere."""
    return sa.Column(name, sa.String(length=16), nullable=optional)


def one_of(column: str, *values: str) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def points_to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key under the name that the models give it."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def enum_column(
    table: str, name: str, enum: str, values: tuple[str, ...], *, optional: bool = False
) -> tuple[sa.Column[str], sa.CheckConstraint]:
    """An enum with its CHECK, for a new table."""
    return (
        sa.Column(name, sa.String(length=40), nullable=optional),
        sa.CheckConstraint(one_of(name, *values), name=op.f(f"ck_{table}_{enum}")),
    )


def child(
    name: str,
    parent: tuple[str, str],
    *parts: sa.schema.SchemaItem,
    unique: tuple[str, ...] = (),
) -> None:
    """Make a table whose rows belong to a row of ``parent`` (column, table)."""
    column, target = parent
    if unique:
        label = op.f(f"uq_{name}_{'_'.join(unique)}")
        parts = (*parts, sa.UniqueConstraint(*unique, name=label))
    op.create_table(
        name,
        sa.Column("id", sa.String(length=16), nullable=False),
        reference(column, optional=False),
        *parts,
        points_to(name, column, target),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def pair(
    name: str, first: tuple[str, str], second: tuple[str, str], *parts: sa.schema.SchemaItem
) -> None:
    """Make a table of pairs; each side is (column, table), the second has an index."""
    op.create_table(
        name,
        reference(first[0], optional=False),
        reference(second[0], optional=False),
        *parts,
        points_to(name, *first),
        points_to(name, *second),
        sa.PrimaryKeyConstraint(first[0], second[0], name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_{second[0]}"), name, [second[0]])
