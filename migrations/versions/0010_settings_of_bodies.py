"""Settings for validation in full, numbering, groups, sign-off and where a body may refer to.

Revision: 0010, after 0009
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

VALIDATORS = ("chair", "committee")
MORE_VALIDATORS = ("chair", "committee", "body", "support")


def upgrade() -> None:
    with op.batch_alter_table("organisations") as table:
        table.add_column(flag("requires_sign_off", on=False))

    with op.batch_alter_table("bodies") as table:
        table.add_column(choice("advice_shown", "after_own"))
        table.add_column(choice("item_numbering", "meeting"))
        table.add_column(choice("sections_by", "none"))
        table.create_check_constraint(
            op.f("ck_bodies_adviceshown"), one_of("advice_shown", "after_own", "at_once")
        )
        table.create_check_constraint(
            op.f("ck_bodies_itemnumbering"), one_of("item_numbering", "meeting", "year")
        )
        table.create_check_constraint(
            op.f("ck_bodies_sectionsby"), one_of("sections_by", "none", "function", "kind", "own")
        )

    op.create_table(
        "referral_routes",
        sa.Column("from_body_id", sa.String(length=16), nullable=False),
        sa.Column("to_body_id", sa.String(length=16), nullable=False),
        sa.CheckConstraint("from_body_id <> to_body_id", name=op.f("ck_referral_routes_elsewhere")),
        sa.ForeignKeyConstraint(
            ["from_body_id"], ["bodies.id"], name=op.f("fk_referral_routes_from_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_body_id"], ["bodies.id"], name=op.f("fk_referral_routes_to_body_id")
        ),
        sa.PrimaryKeyConstraint("from_body_id", "to_body_id", name=op.f("pk_referral_routes")),
    )
    op.create_index(op.f("ix_referral_routes_to_body_id"), "referral_routes", ["to_body_id"])

    with op.batch_alter_table("validation_steps") as table:
        table.add_column(sa.Column("asked_body_id", sa.String(length=16), nullable=True))
        table.add_column(choice("decides", "majority"))
        table.add_column(flag("may_return", on=True))
        table.add_column(flag("may_refuse", on=True))
        table.add_column(flag("may_refer", on=True))
        table.add_column(choice("when_time_is_over", "remind"))
        table.create_foreign_key(
            op.f("fk_validation_steps_asked_body_id"), "bodies", ["asked_body_id"], ["id"]
        )
        table.drop_constraint(op.f("ck_validation_steps_validatedby"), type_="check")
        table.create_check_constraint(
            op.f("ck_validation_steps_validatedby"), one_of("validated_by", *MORE_VALIDATORS)
        )
        table.create_check_constraint(
            op.f("ck_validation_steps_decides"), one_of("decides", "majority", "chair")
        )
        table.create_check_constraint(
            op.f("ck_validation_steps_whentimeisover"),
            one_of("when_time_is_over", "remind", "to_chair"),
        )
        table.create_check_constraint(
            op.f("ck_validation_steps_asked_body"),
            "(validated_by = 'body') = (asked_body_id IS NOT NULL)",
        )


def downgrade() -> None:
    op.execute("DELETE FROM validation_steps WHERE validated_by IN ('body', 'support')")
    with op.batch_alter_table("validation_steps") as table:
        for check in ("asked_body", "whentimeisover", "decides", "validatedby"):
            table.drop_constraint(op.f(f"ck_validation_steps_{check}"), type_="check")
        table.create_check_constraint(
            op.f("ck_validation_steps_validatedby"), one_of("validated_by", *VALIDATORS)
        )
        table.drop_constraint(op.f("fk_validation_steps_asked_body_id"), type_="foreignkey")
        for column in ("when_time_is_over", "may_refer", "may_refuse", "may_return", "decides"):
            table.drop_column(column)
        table.drop_column("asked_body_id")
    op.drop_table("referral_routes")
    with op.batch_alter_table("bodies") as table:
        for check in ("adviceshown", "itemnumbering", "sectionsby"):
            table.drop_constraint(op.f(f"ck_bodies_{check}"), type_="check")
        for column in ("sections_by", "item_numbering", "advice_shown"):
            table.drop_column(column)
    with op.batch_alter_table("organisations") as table:
        table.drop_column("requires_sign_off")


def flag(name: str, *, on: bool) -> sa.Column[bool]:
    """A yes or no that rows from before have as ``on``."""
    return sa.Column(
        name, sa.Boolean(), nullable=False, server_default=sa.true() if on else sa.false()
    )


def choice(name: str, before: str) -> sa.Column[str]:
    """An enum that rows from before have as ``before``; its CHECK is made apart."""
    return sa.Column(name, sa.String(length=40), nullable=False, server_default=before)


def one_of(column: str, *values: str) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
