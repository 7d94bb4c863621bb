"""Who is told what about outcomes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.db import session
from overleg.decisions.answer_links import link_address
from overleg.decisions.models import (
    FollowUp,
    FollowUpLink,
    Outcome,
    ParticipationStep,
    RemarkReply,
    TextDownload,
    TextVersion,
)
from overleg.decisions.permissions import TREKKER_ROLES
from overleg.decisions.states import FollowUpState
from overleg.decisions.workflow.links import links_for
from overleg.lib.dates import format_date, local_date
from overleg.lib.text import join_words
from overleg.mail.links import absolute_url
from overleg.mail.workflow import post
from overleg.organisations.models import Organisation
from overleg.organisations.queries.people import people_for_organisations
from overleg.organisations.states import Role
from overleg.organisations.viewer import viewer_for

OFFICE = frozenset({Role.SECRETARIAT, Role.DIRECTOR})


@dataclass(frozen=True)
class AskedLine:
    """What the mail to a municipality says of one organ; ``due_on`` is a day in Brussels."""

    organ: str
    asked: str
    after_college: bool
    due_on: date | None
    link: str
    """With which this person answers it without signing in."""


def tell_released(
    outcome: Outcome, municipalities: Sequence[Organisation], *, by: Person, now: datetime
) -> None:
    """Tell the municipalities what is asked of them; the submitter and the trekker that it went.

    The latter only when they read the circle of the item.
    """
    tell_municipalities(outcome, municipalities, now=now)
    proposal = outcome.item.proposal
    if proposal is None:
        return
    owner_id = proposal.dossier.owner_id
    followers = (
        people_for_organisations([owner_id], TREKKER_ROLES, local_date(now)) if owner_id else []
    )
    people = [proposal.submitter, proposal.dossier.contact, *(person for person, _ in followers)]
    names = join_words(municipality.name for municipality in municipalities)
    for person in _once(people):
        reads = viewer_for(person, local_date(now)).may_read(
            outcome.item.meeting.body_id, outcome.item.circle
        )
        if reads and person.id != by.id:
            _post_news(
                person,
                outcome,
                subject=f"Vrijgegeven naar de gemeenten: {outcome.title}",
                news=f"De uitkomst ging naar {names}. U volgt de antwoorden op de pagina "
                "van de uitkomst.",
                now=now,
            )


def tell_municipalities(
    outcome: Outcome, municipalities: Sequence[Organisation], *, now: datetime
) -> None:
    """Tell each secretariat and general director what is asked of their municipality."""
    meeting = outcome.item.meeting
    rows: dict[str, list[FollowUp]] = {}
    for row in outcome.follow_ups:
        rows.setdefault(row.organisation_id, []).append(row)
    office = _office(municipalities, now)
    asked = [(row, person) for person, town in office for row in rows.get(town.id, [])]
    links = links_for(asked, now=now)
    for person, municipality in office:
        post(
            person,
            subject=f"Te agenderen in {municipality.name}: {outcome.title}",
            template="outcome_released",
            context={
                "outcome": outcome,
                "meeting": meeting,
                "municipality": municipality,
                "lines": [
                    _line(row, links[row.id, person.id]) for row in rows.get(municipality.id, [])
                ],
                "due_in_words": outcome.request.due_in_words if outcome.request else "",
                "link": absolute_url(f"/gemeenten/{municipality.nis_code}"),
                "link_label": "Naar de opvolging van uw gemeente",
            },
            about=outcome,
            body=outcome.item.meeting.body,
            now=now,
        )


def tell_stepped_out(outcome: Outcome, step: ParticipationStep, *, now: datetime) -> None:
    """Tell the municipality that nothing is asked of it any more."""
    for person, municipality in _office([step.organisation], now):
        _post_news(
            person,
            outcome,
            subject=f"Niet langer te agenderen in {municipality.name}: {outcome.title}",
            news=f"{municipality.name} stapte uit deze uitkomst. U hoeft er niets meer voor "
            "te agenderen.",
            quoted=step.reason,
            now=now,
        )


def tell_due_changed(
    outcome: Outcome, municipalities: Sequence[Organisation], *, before: str, now: datetime
) -> None:
    """Tell these municipalities by when their open rows are asked now; ``before`` was the old."""
    rows: dict[str, list[FollowUp]] = {}
    for row in outcome.follow_ups:
        if not row.state.is_final:
            rows.setdefault(row.organisation_id, []).append(row)
    for person, municipality in _office(municipalities, now):
        asked = sorted(rows[municipality.id], key=lambda row: row.organ)
        days = join_words(f"{row.organ.label_with_article} {_by_when(row)}" for row in asked)
        _post_news(
            person,
            outcome,
            subject=f"Andere termijn in {municipality.name}: {outcome.title}",
            news=f"De termijn voor {municipality.name} is gewijzigd. Nu gevraagd: {days}. "
            f"Eerder: {before}. Wat u al meldde, blijft staan.",
            link=f"/gemeenten/{municipality.nis_code}#rij-{asked[0].id}",
            link_label="Naar de opvolging van uw gemeente",
            now=now,
        )


def _by_when(row: FollowUp) -> str:
    if row.due_on is not None:
        return f"tegen {format_date(row.due_on)}"
    request = row.outcome.request
    return (request.due_in_words if request else "") or "zonder datum"


def tell_text_changed(outcome: Outcome, version: TextVersion, *, now: datetime) -> None:
    """Tell who downloaded an earlier version that a corrected text was issued, one mail each.

    Who downloaded for a municipality that stepped out since is left alone.
    """
    people = session().scalars(
        select(Person)
        .join(TextDownload, TextDownload.person_id == Person.id)
        .join(TextDownload.follow_up)
        .where(
            FollowUp.outcome_id == outcome.id,
            FollowUp.state != FollowUpState.STEPPED_OUT,
            TextDownload.version_number < version.number,
        )
        .distinct()
        .order_by(Person.name, Person.id)
    )
    for person in people:
        _post_news(
            person,
            outcome,
            subject=f"Verbeterde tekst (versie {version.number}): {outcome.title}",
            news="U downloadde een eerdere versie van het voorstel. Er is nu een verbeterde "
            "tekst: download ze opnieuw voor u ze agendeert.",
            quoted=version.reason,
            link=f"/uitkomsten/{outcome.id}/tekst/{version.number}",
            link_label="Wat er gewijzigd is",
            now=now,
        )


def tell_reply(
    outcome: Outcome, reply: RemarkReply, municipalities: Sequence[Organisation], *, now: datetime
) -> None:
    """Tell the municipality whose remark it was; a word to all tells all of them."""
    about = f"op de opmerking van {reply.organisation.name}" if reply.organisation else "aan allen"
    for person, _municipality in _office(municipalities, now):
        _post_news(
            person,
            outcome,
            subject=f"Antwoord {about}: {outcome.title}",
            news=f"{reply.replied_by_name} antwoordde {about}.",
            quoted=reply.text,
            now=now,
        )


def _post_news(
    person: Person,
    outcome: Outcome,
    *,
    subject: str,
    news: str,
    now: datetime,
    quoted: str = "",
    link: str = "",
    link_label: str = "Naar de uitkomst",
) -> None:
    """Mail somebody what is new about an outcome; ``link`` is another page than that of it."""
    meeting = outcome.item.meeting
    post(
        person,
        subject=subject,
        template="outcome_news",
        context={
            "outcome": outcome,
            "meeting": meeting,
            "news": news,
            "quoted": quoted,
            "link": absolute_url(link or f"/uitkomsten/{outcome.id}"),
            "link_label": link_label,
        },
        about=outcome,
        body=meeting.body,
        now=now,
    )


def _office(
    municipalities: Sequence[Organisation], now: datetime
) -> list[tuple[Person, Organisation]]:
    """Secretariats and directors of these municipalities today."""
    ids = [municipality.id for municipality in municipalities]
    return people_for_organisations(ids, OFFICE, on=local_date(now))


def _line(row: FollowUp, link: FollowUpLink) -> AskedLine:
    return AskedLine(
        row.organ.full_name, row.asked.label, row.after_college, row.due_on, link_address(link.id)
    )


def _once(people: Iterable[Person | None]) -> list[Person]:
    found = {person.id: person for person in people if person is not None}
    return list(found.values())
