"""How an address wants its mail, mails kept with what they were about, and how jobs go.

Revision: 0026, after 0025
Migrations name tables and types themselves and import nothing from overleg.
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

STATES = ("waiting", "sent", "failed")
MORE_STATES = ("waiting", "held", "digested", "sent", "failed")


def upgrade() -> None:
    with op.batch_alter_table("outbox_messages") as table:
        table.add_column(text("template", sa.String(length=200)))
        table.add_column(
            sa.Column("is_urgent", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("body_id", sa.String(length=16), nullable=True))
        table.add_column(text("body_name", sa.String(length=200)))
        table.add_column(text("link", sa.Text()))
        table.add_column(sa.Column("digest_id", sa.String(length=16), nullable=True))
        table.drop_constraint(op.f("ck_outbox_messages_mailstate"), type_="check")
        table.create_check_constraint(
            op.f("ck_outbox_messages_mailstate"), one_of("state", *MORE_STATES)
        )
        table.create_check_constraint(
            op.f("ck_outbox_messages_in_a_digest"),
            "(state = 'digested') = (digest_id IS NOT NULL)",
        )
        table.create_foreign_key(
            op.f("fk_outbox_messages_digest_id"), "outbox_messages", ["digest_id"], ["id"]
        )
        table.create_index(op.f("ix_outbox_messages_digest_id"), ["digest_id"])
    without_defaults()
    make_tables()


def without_defaults() -> None:
    """New mails say it themselves."""
    with op.batch_alter_table("outbox_messages") as table:
        for name, kind in (
            ("template", sa.String(length=200)),
            ("is_urgent", sa.Boolean()),
            ("body_name", sa.String(length=200)),
            ("link", sa.Text()),
        ):
            table.alter_column(name, existing_type=kind, server_default=None)


def make_tables() -> None:
    """Addresses and jobs."""
    op.create_table(
        "mail_addresses",
        sa.Column("email", sa.String(length=200), nullable=False),
        choice("rhythm", "at_once", "daily"),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("quiet_weekends", sa.Boolean(), nullable=False),
        moment("bounced_since_utc"),
        choice("bounced_by", "refused", "returned", optional=True),
        sa.Column("bounce_reason", sa.Text(), nullable=False),
        moment("accepted_at_utc"),
        sa.CheckConstraint(
            "(quiet_from IS NULL) = (quiet_until IS NULL)",
            name=op.f("ck_mail_addresses_quiet_hours"),
        ),
        sa.CheckConstraint(
            "(bounced_since_utc IS NULL) = (bounced_by IS NULL)",
            name=op.f("ck_mail_addresses_bounced"),
        ),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_mail_addresses")),
    )
    op.create_table(
        "job_states",
        sa.Column("name", sa.String(length=60), nullable=False),
        moment("due_at_utc"),
        sa.Column("claim", sa.String(length=16), nullable=True),
        moment("started_at_utc"),
        moment("ended_at_utc"),
        moment("succeeded_at_utc"),
        moment("failed_at_utc"),
        sa.Column("failed_reason", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_states")),
    )


def downgrade() -> None:
    op.drop_table("job_states")
    op.drop_table("mail_addresses")
    with op.batch_alter_table("outbox_messages") as table:
        table.drop_constraint(op.f("ck_outbox_messages_in_a_digest"), type_="check")
        table.drop_index(op.f("ix_outbox_messages_digest_id"))
        table.drop_constraint(op.f("fk_outbox_messages_digest_id"), type_="foreignkey")
        for column in ("digest_id", "link", "body_name", "body_id", "is_urgent", "template"):
            table.drop_column(column)
    # What was held leaves by itself; what went along in a mail of the day was sent.
    op.execute("UPDATE outbox_messages SET state = 'waiting' WHERE state = 'held'")
    op.execute("UPDATE outbox_messages SET state = 'sent' WHERE state = 'digested'")
    with op.batch_alter_table("outbox_messages") as table:
        table.drop_constraint(op.f("ck_outbox_messages_mailstate"), type_="check")
        table.create_check_constraint(
            op.f("ck_outbox_messages_mailstate"), one_of("state", *STATES)
        )


def one_of(column: str, *values: str) -> str:
    """The condition that a column has one of these values."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def choice(name: str, *values: str, optional: bool = False) -> sa.Column[str]:
    """A column with one of a few words."""
    kinds = {"rhythm": "rhythm", "bounced_by": "bouncedby"}
    kind = sa.Enum(*values, name=kinds[name], native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kind, nullable=optional)


def moment(name: str) -> sa.Column[datetime]:
    """A moment in UTC that may not have come yet."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def text(name: str, kind: sa.types.TypeEngine[str]) -> sa.Column[str]:
    """A text that rows from before do not have."""
    return sa.Column(name, kind, nullable=False, server_default="")
