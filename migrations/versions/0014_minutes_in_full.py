"""The verslag in full: revisions that grow, who writes, hours, remarks, versions, actions, votes.

Revision: 0014, after 0013
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

STATES = ("draft", "approved")
MORE_STATES = ("draft", "with_chair", "circulated", "approved")
CIRCLES = ("public", "administrations", "mayors")
COUNTED = (
    "in_favour >= 0 AND against >= 0 AND abstained >= 0"
    " AND (agreed_by = 'vote' OR in_favour + against + abstained = 0)"
)
HOURS = "presence NOT IN ('excused', 'absent') OR (arrived_at_utc IS NULL AND left_at_utc IS NULL)"


def upgrade() -> None:
    with op.batch_alter_table("bodies") as table:
        table.add_column(choice("notes_votes", "none"))
        table.create_check_constraint(
            op.f("ck_bodies_notesvotes"), one_of("notes_votes", "none", "consensus", "votes")
        )
    with op.batch_alter_table("attendances") as table:
        table.add_column(moment("arrived_at_utc", optional=True))
        table.add_column(moment("left_at_utc", optional=True))
        table.create_check_constraint(op.f("ck_attendances_hours_of_who_was_there"), HOURS)
    with op.batch_alter_table("minutes") as table:
        table.add_column(sa.Column("remarks_until", sa.Date(), nullable=True))
        table.drop_constraint(op.f("ck_minutes_minutesstate"), type_="check")
        table.create_check_constraint(
            op.f("ck_minutes_minutesstate"), one_of("state", *MORE_STATES)
        )
        table.create_check_constraint(
            op.f("ck_minutes_remarks"), "state <> 'circulated' OR remarks_until IS NOT NULL"
        )
    upgrade_notes()
    make_tables()


def upgrade_notes() -> None:
    """A revision from before is one save, begun and written at once."""
    with op.batch_alter_table("note_revisions") as table:
        table.add_column(sa.Column("edition", sa.Integer(), nullable=True))
        table.add_column(moment("begun_at_utc", optional=True))
        table.add_column(reference("written_by_id", optional=True))
        table.add_column(choice("writing_id", "", length=200))
        table.add_column(
            sa.Column("is_drafted", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute("UPDATE note_revisions SET edition = number, begun_at_utc = written_at_utc")
    with op.batch_alter_table("note_revisions") as table:
        table.alter_column("edition", existing_type=sa.Integer(), nullable=False)
        table.alter_column("begun_at_utc", existing_type=sa.DateTime(timezone=True), nullable=False)
        table.create_foreign_key(
            op.f("fk_note_revisions_written_by_id"), "people", ["written_by_id"], ["id"]
        )
        table.create_unique_constraint(
            op.f("uq_note_revisions_item_id_edition"), ["item_id", "edition"]
        )
        table.create_check_constraint(op.f("ck_note_revisions_edition"), "edition >= number")


def make_tables() -> None:
    """Who writes, who stayed out, remarks, versions, actions and votes."""
    op.create_table(
        "writings",
        reference("meeting_id"),
        reference("person_id"),
        reference("item_id"),
        line("person_name"),
        moment("heard_at_utc"),
        *keys("writings", meeting_id="meetings", person_id="people", item_id="agenda_items"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_writings")),
    )
    named(
        "item_absences",
        reference("item_id"),
        reference("seat_id"),
        line("name"),
        line("reason"),
        *keys("item_absences", item_id="agenda_items", seat_id="seats"),
        sa.UniqueConstraint("item_id", "seat_id", name=op.f("uq_item_absences_item_id_seat_id")),
    )
    named(
        "minutes_remarks",
        reference("minutes_id"),
        reference("item_id"),
        reference("person_id"),
        line("person_name"),
        words("text"),
        moment("made_at_utc"),
        line("state", length=40),
        words("answer"),
        moment("settled_at_utc", optional=True),
        line("settled_by_name"),
        *keys("minutes_remarks", minutes_id="minutes", item_id="agenda_items", person_id="people"),
        check("minutes_remarks", "remarkstate", one_of("state", "open", "adopted", "declined")),
        check("minutes_remarks", "settled", "(state = 'open') = (settled_at_utc IS NULL)"),
        check("minutes_remarks", "declined_explained", "state <> 'declined' OR answer <> ''"),
    )
    op.create_index(
        op.f("ix_minutes_remarks_minutes_id_state"), "minutes_remarks", ["minutes_id", "state"]
    )
    op.create_index(op.f("ix_minutes_remarks_item_id"), "minutes_remarks", ["item_id"])
    named(
        "minutes_versions",
        reference("minutes_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        words("reason"),
        moment("made_at_utc"),
        line("made_by_name"),
        words("attendance"),
        *keys("minutes_versions", minutes_id="minutes"),
        sa.UniqueConstraint(
            "minutes_id", "number", name=op.f("uq_minutes_versions_minutes_id_number")
        ),
        check("minutes_versions", "correction_explained", "number = 1 OR reason <> ''"),
    )
    named(
        "minutes_version_items",
        reference("version_id"),
        reference("item_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        words("title"),
        line("circle", length=40),
        words("text_html"),
        words("results_html"),
        *keys("minutes_version_items", version_id="minutes_versions", item_id="agenda_items"),
        sa.UniqueConstraint(
            "version_id", "item_id", name=op.f("uq_minutes_version_items_version_id_item_id")
        ),
        check("minutes_version_items", "circle", one_of("circle", *CIRCLES)),
    )
    make_tables_of_outcomes()


def make_tables_of_outcomes() -> None:
    """What somebody will do, and how the table agreed."""
    named(
        "action_items",
        reference("item_id"),
        words("text"),
        line("who"),
        reference("person_id", optional=True),
        reference("organisation_id", optional=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        line("state", length=40),
        line("noted_by_name"),
        moment("noted_at_utc"),
        moment("done_at_utc", optional=True),
        line("done_by_name"),
        sa.Column("revision", sa.Integer(), nullable=False),
        *keys(
            "action_items",
            item_id="agenda_items",
            person_id="people",
            organisation_id="organisations",
        ),
        check("action_items", "actionstate", one_of("state", "open", "done")),
        check("action_items", "one_who_does", "person_id IS NULL OR organisation_id IS NULL"),
        check("action_items", "done", "(state = 'done') = (done_at_utc IS NOT NULL)"),
    )
    op.create_index(op.f("ix_action_items_item_id"), "action_items", ["item_id"])
    for who in ("person_id", "organisation_id"):
        op.create_index(op.f(f"ix_action_items_{who}_state"), "action_items", [who, "state"])
    op.create_table(
        "outcome_votes",
        reference("outcome_id"),
        line("agreed_by", length=40),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("in_favour", "against", "abstained")
        ),
        *keys("outcome_votes", outcome_id="outcomes"),
        sa.PrimaryKeyConstraint("outcome_id", name=op.f("pk_outcome_votes")),
        check("outcome_votes", "agreedby", one_of("agreed_by", "consensus", "vote")),
        check("outcome_votes", "counted", COUNTED),
    )
    named(
        "reservations",
        reference("outcome_id"),
        line("who"),
        words("reason"),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcome_votes.outcome_id"], name=op.f("fk_reservations_outcome_id")
        ),
        sa.UniqueConstraint("outcome_id", "who", name=op.f("uq_reservations_outcome_id_who")),
    )


def downgrade() -> None:
    for name in (
        "reservations",
        "outcome_votes",
        "action_items",
        "minutes_version_items",
        "minutes_versions",
        "minutes_remarks",
        "item_absences",
        "writings",
    ):
        op.drop_table(name)
    with op.batch_alter_table("note_revisions") as table:
        table.drop_constraint(op.f("ck_note_revisions_edition"), type_="check")
        table.drop_constraint(op.f("uq_note_revisions_item_id_edition"), type_="unique")
        table.drop_constraint(op.f("fk_note_revisions_written_by_id"), type_="foreignkey")
        for column in ("is_drafted", "writing_id", "written_by_id", "begun_at_utc", "edition"):
            table.drop_column(column)
    op.execute("UPDATE minutes SET state = 'draft' WHERE state IN ('with_chair', 'circulated')")
    with op.batch_alter_table("minutes") as table:
        table.drop_constraint(op.f("ck_minutes_remarks"), type_="check")
        table.drop_constraint(op.f("ck_minutes_minutesstate"), type_="check")
        table.create_check_constraint(op.f("ck_minutes_minutesstate"), one_of("state", *STATES))
        table.drop_column("remarks_until")
    with op.batch_alter_table("attendances") as table:
        table.drop_constraint(op.f("ck_attendances_hours_of_who_was_there"), type_="check")
        table.drop_column("left_at_utc")
        table.drop_column("arrived_at_utc")
    with op.batch_alter_table("bodies") as table:
        table.drop_constraint(op.f("ck_bodies_notesvotes"), type_="check")
        table.drop_column("notes_votes")


def named(table: str, *parts: sa.schema.SchemaItem) -> None:
    """A table whose rows an address can name."""
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    op.create_table(table, sa.Column("id", sa.String(length=16), nullable=False), *parts, key)


def keys(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    """The foreign keys of a table: column and the table it points to."""
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in targets.items()
    ]


def check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    """A named CHECK of a table."""
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def reference(name: str, *, optional: bool = False) -> sa.Column[str]:
    """The id of a row elsewhere."""
    return sa.Column(name, sa.String(length=16), nullable=optional)


def moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    """A moment in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def line(name: str, *, length: int = 200) -> sa.Column[str]:
    """A line of text."""
    return sa.Column(name, sa.String(length=length), nullable=False)


def words(name: str) -> sa.Column[str]:
    """A text of any length."""
    return sa.Column(name, sa.Text(), nullable=False)


def choice(name: str, before: str, *, length: int = 40) -> sa.Column[str]:
    """A word that rows from before have as ``before``."""
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=before)


def one_of(column: str, *values: str) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
