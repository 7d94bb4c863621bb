"""A verslag that was approved is kept as it was; a correction is a new version, with its reason."""

from collections.abc import Sequence
from datetime import datetime

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.decisions.queries.actions import actions_by_item, votes_by_outcome
from overleg.lib.errors import NotPossible, Refused
from overleg.minutes.models import Minutes, MinutesVersion, MinutesVersionItem
from overleg.minutes.notices import tell_corrected
from overleg.minutes.queries.attendance import absences_by_item, table_of
from overleg.minutes.queries.minutes import latest_note, latest_notes, outcomes_by_item
from overleg.minutes.queries.versions import last_version
from overleg.minutes.results import attendance_in_words, results_html
from overleg.minutes.states import MinutesState
from overleg.minutes.workflow.holding import hold_minutes
from overleg.minutes.workflow.notes import NotesConflict, add_revision


def freeze(minutes: Minutes, *, by: Actor, now: datetime) -> MinutesVersion:
    """Keep the verslag as it stands now; a fixed number of statements that look things up.

    Every item is kept with its circle, so that each reader later sees the same as now.
    """
    items = items_of_meeting(minutes.meeting)
    version = MinutesVersion(
        id=new_id(),
        minutes=minutes,
        number=1,
        made_at_utc=now,
        made_by_name=by.name,
        attendance=attendance_in_words(table_of(minutes.meeting)),
        items=_as_they_stand(minutes, items),
    )
    session().add(version)
    session().flush()
    return version


def correct(
    item: AgendaItem,
    text_html: str,
    *,
    started_from: int,
    reason: str,
    by: Actor,
    now: datetime,
) -> MinutesVersion:
    """Put one item of an approved verslag right; the approved text stays readable.

    The item takes its outcomes and actions as they are now; the other items stay as they were
    approved. Those who had the verslag are told. Raises ``NotPossible`` before approval,
    ``Refused`` without a reason or without a change, ``NotesConflict`` when somebody else corrected
    it in between.
    """
    minutes = hold_minutes(item.meeting, now=now)
    if minutes.state is not MinutesState.APPROVED:
        raise NotPossible("Dit verslag is nog niet goedgekeurd: wijzig de tekst gewoon.")
    if not reason.strip():
        raise Refused("Zeg waarom dit rechtgezet wordt: dat lezen de leden erbij.")
    latest = latest_note(item)
    if latest is not None and latest.edition != started_from:
        raise NotesConflict(latest)
    before = last_version(minutes.id) or _as_approved(minutes, by=by, now=now)
    if text_html != (latest.text_html if latest else ""):
        add_revision(item, latest, text_html, by=by, now=now)
    (fresh,) = _as_they_stand(minutes, [item])
    known = next((each for each in before.items if each.item_id == item.id), None)
    if known is not None and _said(known) == _said(fresh):
        raise Refused("Er is niets gewijzigd: de tekst en de uitkomsten zeggen wat er al stond.")
    version = MinutesVersion(
        id=new_id(),
        minutes=minutes,
        number=before.number + 1,
        item=item,
        reason=reason.strip(),
        made_at_utc=now,
        made_by_name=by.name,
        attendance=before.attendance,
        items=[fresh, *(_copy(each) for each in before.items if each.item_id != item.id)],
    )
    session().add(version)
    session().flush()
    record(Verb.MINUTES_CORRECTED, item, by=by, now=now, reason=version.reason)
    tell_corrected(version, item, known, fresh, by=by, now=now)
    return version


def _as_they_stand(minutes: Minutes, items: Sequence[AgendaItem]) -> list[MinutesVersionItem]:
    ids = [item.id for item in items]
    notes, outcomes = latest_notes(ids), outcomes_by_item(ids, until=minutes.approved_at_utc)
    actions, away, votes = actions_by_item(ids), absences_by_item(ids), votes_by_outcome(ids)
    return [
        MinutesVersionItem(
            item_id=item.id,
            position=item.position,
            number=item.shown_number,
            title=item.title,
            circle=item.circle,
            text_html=notes[item.id].text_html if item.id in notes else "",
            results_html=results_html(
                outcomes.get(item.id, []), votes, actions.get(item.id, []), away.get(item.id, [])
            ),
        )
        for item in items
    ]


def _as_approved(minutes: Minutes, *, by: Actor, now: datetime) -> MinutesVersion:
    """Approved before versions were kept: the text as it was approved becomes the first."""
    first = freeze(minutes, by=by, now=minutes.approved_at_utc or now)
    first.made_by_name = minutes.approved_by_name
    return first


def _said(item: MinutesVersionItem) -> tuple[str, str]:
    return item.text_html, item.results_html


def _copy(item: MinutesVersionItem) -> MinutesVersionItem:
    return MinutesVersionItem(
        item_id=item.item_id,
        position=item.position,
        number=item.number,
        title=item.title,
        circle=item.circle,
        text_html=item.text_html,
        results_html=item.results_html,
    )
