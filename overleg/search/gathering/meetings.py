"""Meetings: points as sent and as prepared, annexes as sent, notes and outcomes."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from overleg.agenda.lines import narrowest
from overleg.agenda.models import AgendaItem, AgendaVersion, Annex, SentAnnex, SentItem
from overleg.db import session
from overleg.decisions.models import Outcome
from overleg.decisions.queries.outcomes import ASKING, CLOSED
from overleg.decisions.states import OutcomeState
from overleg.lib.richtext import html_to_plain
from overleg.minutes.models import NoteRevision
from overleg.scheduling.states import MeetingState
from overleg.search.gathering.gathered import Gathered, texts_of
from overleg.search.states import Audience, Source


def gather_meetings(meeting_ids: Collection[str]) -> list[Gathered]:
    """Of these meetings: points as sent and as prepared, annexes as sent, notes and outcomes."""
    ids = sorted(meeting_ids)
    items = session().scalars(_items(ids)).all()
    sent = session().scalars(_latest_sent(ids)).all()
    notes = {note.item_id: note for note in session().scalars(_latest_notes(ids))}
    outcomes = session().scalars(_outcomes(ids)).all()
    told = {item.item_id: item for item in sent}
    found = [_sent_item(item) for item in sent]
    found += _sent_annexes(sent)
    found += [_working_item(item) for item in items if _is_news(item, told.get(item.id))]
    found += [_notes(item, notes[item.id]) for item in items if item.id in notes]
    found += [_outcome(outcome) for outcome in outcomes]
    return found


def _items(meeting_ids: Sequence[str]) -> Select[AgendaItem]:
    return (
        select(AgendaItem)
        .where(AgendaItem.meeting_id.in_(meeting_ids), AgendaItem.position > 0)
        .options(joinedload(AgendaItem.meeting))
        .execution_options(populate_existing=True)
    )


def _latest_sent(meeting_ids: Sequence[str]) -> Select[SentItem]:
    later = aliased(AgendaVersion)
    is_latest = ~exists().where(
        later.meeting_id == AgendaVersion.meeting_id,
        later.sent_at_utc > AgendaVersion.sent_at_utc,
    )
    return (
        select(SentItem)
        .join(SentItem.version)
        .where(AgendaVersion.meeting_id.in_(meeting_ids), is_latest)
        .options(
            joinedload(SentItem.version).joinedload(AgendaVersion.meeting),
            joinedload(SentItem.item),
            selectinload(SentItem.annexes).joinedload(SentAnnex.file),
        )
        .execution_options(populate_existing=True)
    )


def _latest_notes(meeting_ids: Sequence[str]) -> Select[NoteRevision]:
    later = aliased(NoteRevision)
    return (
        select(NoteRevision)
        .join(NoteRevision.item)
        .where(
            AgendaItem.meeting_id.in_(meeting_ids),
            ~exists().where(
                later.item_id == NoteRevision.item_id, later.number > NoteRevision.number
            ),
        )
    )


def _outcomes(meeting_ids: Sequence[str]) -> Select[Outcome]:
    return (
        select(Outcome)
        .join(Outcome.item)
        .where(AgendaItem.meeting_id.in_(meeting_ids))
        .options(joinedload(Outcome.item).joinedload(AgendaItem.meeting))
        .execution_options(populate_existing=True)
    )


def _is_news(item: AgendaItem, sent: SentItem | None) -> bool:
    """Whether the point in preparation says something else than what was sent."""
    if item.is_fixed:
        return False
    return sent is None or (item.title, item.explanation_html) != (
        sent.title,
        sent.explanation_html,
    )


def _sent_item(sent: SentItem) -> Gathered:
    meeting = sent.version.meeting
    return Gathered(
        source=Source.SENT_ITEM,
        subject_id=sent.id,
        meeting_id=meeting.id,
        body_id=meeting.body_id,
        circle=narrowest(sent.circle, sent.item.circle),
        audience=Audience.READERS,
        happened_at_utc=meeting.starts_at_utc,
        title=sent.title,
        text=_with_submitter(sent.explanation_html, sent.submitter_label),
        anchor=f"punt-{sent.number}",
    )


def _working_item(item: AgendaItem) -> Gathered:
    return Gathered(
        source=Source.WORKING_ITEM,
        subject_id=item.id,
        meeting_id=item.meeting_id,
        body_id=item.meeting.body_id,
        circle=item.circle,
        audience=Audience.STEERING,
        happened_at_utc=item.meeting.starts_at_utc,
        title=item.title,
        text=_with_submitter(item.explanation_html, item.submitter_label),
    )


def _with_submitter(explanation_html: str, submitter_label: str) -> str:
    return "\n".join(filter(None, (html_to_plain(explanation_html), submitter_label)))


def _notes(item: AgendaItem, note: NoteRevision) -> Gathered:
    state = item.meeting.state
    audience = Audience.STEERING
    if state is MeetingState.APPROVED:
        audience = Audience.READERS
    elif state is MeetingState.MINUTES:
        audience = Audience.MEMBERS
    return Gathered(
        source=Source.NOTES,
        subject_id=item.id,
        meeting_id=item.meeting_id,
        body_id=item.meeting.body_id,
        circle=item.circle,
        audience=audience,
        happened_at_utc=item.meeting.starts_at_utc,
        title=item.title,
        text=html_to_plain(note.text_html),
        anchor=f"punt-{item.id}",
    )


def _outcome(outcome: Outcome) -> Gathered:
    meeting = outcome.item.meeting
    told = outcome.state is OutcomeState.RELEASED or (
        outcome.kind not in ASKING and meeting.state in CLOSED
    )
    return Gathered(
        source=Source.OUTCOME,
        subject_id=outcome.id,
        meeting_id=meeting.id,
        body_id=meeting.body_id,
        circle=outcome.item.circle,
        audience=Audience.READERS if told else Audience.STEERING,
        happened_at_utc=meeting.starts_at_utc,
        title=outcome.title,
        text=html_to_plain(outcome.text_html),
    )


def _sent_annexes(sent: Sequence[SentItem]) -> list[Gathered]:
    """Annexes as they were sent, but for those whose proposal still carries the same file."""
    proposals = [item.item.proposal_id for item in sent if item.item.proposal_id]
    kept = set(
        session().execute(
            select(Annex.proposal_id, Annex.file_id).where(Annex.proposal_id.in_(sorted(proposals)))
        )
    )
    gone = [
        (item, annex)
        for item in sent
        for annex in item.annexes
        if (item.item.proposal_id, annex.file_id) not in kept
    ]
    texts = texts_of(annex.file for _item, annex in gone)
    return [
        Gathered(
            source=Source.SENT_ANNEX,
            subject_id=annex.id,
            meeting_id=item.version.meeting_id,
            body_id=item.version.meeting.body_id,
            circle=narrowest(narrowest(annex.circle, item.circle), item.item.circle),
            audience=Audience.READERS,
            happened_at_utc=item.version.meeting.starts_at_utc,
            title=annex.title,
            text=texts.get(annex.file.sha256, ""),
            sha256=annex.file.sha256,
        )
        for item, annex in gone
    ]
