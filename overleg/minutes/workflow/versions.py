"""A verslag that was approved is kept as it was; a correction is a new version, with its reason."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.decisions.models import ActionItem, Outcome, OutcomeVote
from overleg.decisions.queries.actions import actions_by_item, votes_by_outcome
from overleg.decisions.workflow.votes import in_words
from overleg.lib.dates import format_date
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.text import join_words
from overleg.minutes.models import ItemAbsence, Minutes, MinutesVersion, MinutesVersionItem
from overleg.minutes.queries.attendance import Table, absences_by_item, table_of
from overleg.minutes.queries.minutes import latest_note, latest_notes, outcomes_by_item
from overleg.minutes.queries.versions import last_version
from overleg.minutes.states import MinutesState
from overleg.minutes.workflow.holding import hold_minutes
from overleg.minutes.workflow.notes import NotesConflict, add_revision


def freeze(minutes: Minutes, *, reason: str = "", by: Actor, now: datetime) -> MinutesVersion:
    """Keep the verslag as it stands now; a fixed number of statements that look things up.

    Every item is kept with its circle, so that each reader later sees the same as now.
    """
    meeting = minutes.meeting
    before = last_version(minutes.id)
    items = items_of_meeting(meeting)
    ids = [item.id for item in items]
    notes, outcomes = latest_notes(ids), outcomes_by_item(ids, until=minutes.approved_at_utc)
    actions, away, votes = actions_by_item(ids), absences_by_item(ids), votes_by_outcome(ids)
    version = MinutesVersion(
        id=new_id(),
        minutes=minutes,
        number=before.number + 1 if before else 1,
        reason=reason,
        made_at_utc=now,
        made_by_name=by.name,
        attendance=attendance_in_words(table_of(meeting)),
        items=[
            MinutesVersionItem(
                item_id=item.id,
                position=item.position,
                number=item.shown_number,
                title=item.title,
                circle=item.circle,
                text_html=notes[item.id].text_html if item.id in notes else "",
                results_html=results_html(
                    outcomes.get(item.id, []),
                    votes,
                    actions.get(item.id, []),
                    away.get(item.id, []),
                ),
            )
            for item in items
        ],
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

    Raises ``NotPossible`` before approval, ``Refused`` without a reason or without a change,
    ``NotesConflict`` when somebody else corrected it in between.
    """
    minutes = hold_minutes(item.meeting, now=now)
    if minutes.state is not MinutesState.APPROVED:
        raise NotPossible("Dit verslag is nog niet goedgekeurd: wijzig de tekst gewoon.")
    if not reason.strip():
        raise Refused("Zeg waarom dit rechtgezet wordt: dat lezen de leden erbij.")
    latest = latest_note(item)
    if latest is not None and latest.edition != started_from:
        raise NotesConflict(latest)
    if text_html == (latest.text_html if latest else ""):
        raise Refused("Er is niets gewijzigd aan de tekst.")
    if last_version(minutes.id) is None and minutes.approved_at_utc is not None:
        # Approved before versions were kept: first the text as it was approved.
        first = freeze(minutes, by=by, now=minutes.approved_at_utc)
        first.made_by_name = minutes.approved_by_name
    add_revision(item, latest, text_html, by=by, now=now)
    version = freeze(minutes, reason=reason.strip(), by=by, now=now)
    record(Verb.MINUTES_CORRECTED, minutes, by=by, now=now, reason=version.reason)
    return version


def attendance_in_words(table: Table) -> str:
    """``Aanwezig: ... Verontschuldigd: ...``, one line each."""
    lines = []
    for presence in table.noted_presences:
        seats = table.with_presence(presence)
        names = join_words(
            f"{line.name} ({line.remark})" if line.remark else line.name for line in seats
        )
        label = "vervangen" if presence.value == "replaced" else presence.label
        lines.append(f"{label.capitalize()}: {names}.")
    if table.guests:
        lines.append(f"Gasten: {join_words(guest.name for guest in table.guests)}.")
    return "\n".join(lines)


def results_html(
    outcomes: Sequence[Outcome],
    votes: dict[str, OutcomeVote],
    actions: Sequence[ActionItem],
    away: Sequence[ItemAbsence],
) -> str:
    """What came of an item as clean HTML: who took no part, outcomes, actions."""
    parts = []
    if away:
        names = escape(join_words(absence.label for absence in away))
        parts.append(f"<p>Neemt niet deel aan dit punt: {names}.</p>")
    for outcome in outcomes:
        title = escape(outcome.title, quote=False)
        parts.append(f"<p><strong>{outcome.kind.label.capitalize()}: {title}</strong></p>")
        parts.append(outcome.text_html)
        if outcome.id in votes:
            parts.append(f"<p>{escape(in_words(votes[outcome.id]), quote=False)}</p>")
    if actions:
        lines = "".join(
            f"<li>{escape(each.who, quote=False)}: {escape(each.text, quote=False)}"
            + (f" (tegen {format_date(each.due_on)})" if each.due_on else "")
            + "</li>"
            for each in actions
        )
        parts.append(f"<p>Actiepunten:</p><ul>{lines}</ul>")
    return "".join(parts)
