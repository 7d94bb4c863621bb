"""What approved verslagen say per point, in a few words."""

from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.lib.richtext import excerpt
from overleg.minutes.models import Minutes, MinutesVersion, MinutesVersionItem
from overleg.one_of import is_one_of
from overleg.reports.queries.happened import FIXED, TELLS
from overleg.reports.queries.rows import NotedRow

BRIEFLY = 400
"""Characters per point: a report is read in a sitting, the verslag itself says the rest."""
_LATER = aliased(MinutesVersion)


def noted_in(meeting_ids: Collection[str]) -> list[NotedRow]:
    """What the last version of these meetings' approved verslagen says, by place on the agenda.

    Points on which nothing was noted are left out, and the fixed ones. One statement.
    """
    rows = session().execute(
        select(
            Minutes.meeting_id,
            MinutesVersionItem.item_id,
            MinutesVersionItem.number,
            MinutesVersionItem.title,
            MinutesVersionItem.text_html,
            MinutesVersionItem.circle,
            AgendaItem.circle,
        )
        .join(MinutesVersion, MinutesVersion.minutes_id == Minutes.id)
        .join(MinutesVersionItem, MinutesVersionItem.version_id == MinutesVersion.id)
        .join(AgendaItem, AgendaItem.id == MinutesVersionItem.item_id)
        .where(
            Minutes.meeting_id.in_(sorted(meeting_ids)),
            ~exists().where(
                _LATER.minutes_id == MinutesVersion.minutes_id,
                _LATER.number > MinutesVersion.number,
            ),
            is_one_of(MinutesVersionItem.circle, TELLS),
            is_one_of(AgendaItem.circle, TELLS),
            AgendaItem.kind.not_in(FIXED),
            MinutesVersionItem.text_html != "",
        )
        .order_by(MinutesVersionItem.position)
    )
    return [
        NotedRow(*row[:4], said=excerpt(row[4], BRIEFLY), circles=frozenset(row[5:]))
        for row in rows
    ]
