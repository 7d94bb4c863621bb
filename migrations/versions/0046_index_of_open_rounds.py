"""Find the open rounds that somebody answers, and which proposals have one, in one index.

Revision: 0046, after 0045
Migrations name tables and types themselves and import nothing from overleg.
"""

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

BEFORE, AFTER = ["state"], ["state", "validated_by", "proposal_id"]


def upgrade() -> None:
    _replace(BEFORE, AFTER)


def downgrade() -> None:
    _replace(AFTER, BEFORE)


def _replace(before: list[str], after: list[str]) -> None:
    op.drop_index(op.f(f"ix_validation_rounds_{'_'.join(before)}"), "validation_rounds")
    op.create_index(op.f(f"ix_validation_rounds_{'_'.join(after)}"), "validation_rounds", after)
