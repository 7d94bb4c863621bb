"""Colleges, councils and boards of associations as kinds of bodies whose dates are followed.

Revision: 0032, after 0031
Migrations name tables and types themselves and import nothing from overleg.
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KINDS = (
    "mayors_consultation",
    "subregional_consultation",
    "directors_consultation",
    "steering_group",
    "emergency_zone_council",
    "transport_region_council",
    "other",
)
MORE_KINDS = (*KINDS[:-1], "college", "council", "association_board", "other")


def upgrade() -> None:
    _set_kinds(MORE_KINDS)


def downgrade() -> None:
    op.execute(
        "UPDATE bodies SET kind = 'other' WHERE kind IN ('college', 'council', 'association_board')"
    )
    _set_kinds(KINDS)


def _set_kinds(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("bodies") as table:
        table.drop_constraint(op.f("ck_bodies_bodykind"), type_="check")
        table.create_check_constraint(
            op.f("ck_bodies_bodykind"), f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
        )
