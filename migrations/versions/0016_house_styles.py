"""The municipalities' own form, who downloaded which text, and zips of proposals.

Revision: 0016, after 0015
Migrations name tables and types themselves and import nothing from overleg.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

PARTS = (
    "summary",
    "background",
    "grounds",
    "arguments",
    "advice",
    "finances",
    "decision",
    "annexes",
)
ARTICLE_STYLES = ("full", "short", "colon", "number")
STATES = ("waiting", "ready", "failed")


def upgrade() -> None:
    add_downloads()
    add_house_styles()
    add_own_templates()
    add_zips()


def add_downloads() -> None:
    """Who took which version of a text."""
    op.create_table(
        "text_downloads",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("follow_up_id", sa.String(length=16), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("downloaded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version_number >= 1", name=op.f("ck_text_downloads_version_number")),
        sa.ForeignKeyConstraint(
            ["follow_up_id"], ["follow_ups.id"], name=op.f("fk_text_downloads_follow_up_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_text_downloads_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_downloads")),
    )
    op.create_index(
        op.f("ix_text_downloads_follow_up_id_version_number"),
        "text_downloads",
        ["follow_up_id", "version_number"],
    )
    op.create_index(op.f("ix_text_downloads_person_id"), "text_downloads", ["person_id"])


def add_house_styles() -> None:
    """The settings of a municipality and the place of each part."""
    op.create_table(
        "house_styles",
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("government_name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("logo_id", sa.String(length=16), nullable=True),
        sa.Column("portfolio_holder", sa.String(length=200), nullable=False),
        sa.Column("article_style", sa.String(length=40), nullable=False),
        sa.Column("dossier_pattern", sa.String(length=200), nullable=False),
        sa.Column("college_competence_html", sa.Text(), nullable=False),
        sa.Column("council_competence_html", sa.Text(), nullable=False),
        sa.Column("regulation_html", sa.Text(), nullable=False),
        sa.Column("changed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_name", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            one_of("article_style", *ARTICLE_STYLES), name=op.f("ck_house_styles_articlestyle")
        ),
        sa.ForeignKeyConstraint(
            ["logo_id"], ["stored_files.id"], name=op.f("fk_house_styles_logo_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_house_styles_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_house_styles")),
    )
    op.create_table(
        "house_style_parts",
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.CheckConstraint(one_of("part", *PARTS), name=op.f("ck_house_style_parts_proposalpart")),
        sa.CheckConstraint("position BETWEEN 1 AND 8", name=op.f("ck_house_style_parts_position")),
        sa.CheckConstraint(
            "part <> 'decision' OR NOT left_out", name=op.f("ck_house_style_parts_decision_stays")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["house_styles.organisation_id"],
            name=op.f("fk_house_style_parts_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "part", name=op.f("pk_house_style_parts")),
    )


def add_own_templates() -> None:
    """The versions of a municipality's own Word templates."""
    op.create_table(
        "own_templates",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.String(length=16), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("preview", sa.String(length=40), nullable=False),
        sa.Column("uploaded_by_name", sa.String(length=200), nullable=False),
        sa.Column("uploaded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_own_templates_number")),
        sa.CheckConstraint(one_of("preview", *STATES), name=op.f("ck_own_templates_bundlestate")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_own_templates_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_own_templates_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_templates")),
        sa.UniqueConstraint(
            "organisation_id",
            "kind",
            "number",
            name=op.f("uq_own_templates_organisation_id_kind_number"),
        ),
    )
    op.create_index(
        "uq_own_templates_in_use",
        "own_templates",
        ["organisation_id", "kind"],
        unique=True,
        sqlite_where=sa.text("in_use"),
        postgresql_where=sa.text("in_use"),
    )


def add_zips() -> None:
    """All proposals of an outcome in one file."""
    op.create_table(
        "proposal_zips",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("outcome_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("contents", sa.String(length=200), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("asked_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(one_of("state", *STATES), name=op.f("ck_proposal_zips_bundlestate")),
        sa.CheckConstraint(
            "(state = 'waiting') = (made_at_utc IS NULL)", name=op.f("ck_proposal_zips_made")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_proposal_zips_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["outcome_id"], ["outcomes.id"], name=op.f("fk_proposal_zips_outcome_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_zips")),
    )
    op.create_index(
        op.f("ix_proposal_zips_outcome_id_organisation_id"),
        "proposal_zips",
        ["outcome_id", "organisation_id"],
    )


def downgrade() -> None:
    op.drop_table("proposal_zips")
    op.drop_table("own_templates")
    op.drop_table("house_style_parts")
    op.drop_table("house_styles")
    op.drop_table("text_downloads")


def one_of(column: str, *values: str) -> str:
    """The condition that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
