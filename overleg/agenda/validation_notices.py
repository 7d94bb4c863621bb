"""Who is told what during validation. Mails carry title and links, never the explanation.

Each mail to who answers has a link of its own, with which that person answers in that step without
signing in.
"""

from collections.abc import Iterable
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.answer_links import answer_token
from overleg.agenda.models import ValidationRound
from overleg.agenda.notices import post_about, words_about
from overleg.agenda.queries.validation import support_staff
from overleg.lib.dates import format_date, local_date
from overleg.lib.text import count_of
from overleg.mail.links import absolute_url
from overleg.mail.workflow import post
from overleg.organisations.states import ValidatedBy

ASKED = {
    ValidatedBy.CHAIR: "Er ligt een voorstel klaar waarover u als voorzitter beslist.",
    ValidatedBy.COMMITTEE: "Er ligt een voorstel klaar waarover u als lid van de agendacommissie "
    "advies geeft.",
    ValidatedBy.BODY: "Een ander overleg vraagt uw advies over een voorstel.",
    ValidatedBy.SUPPORT: "Er ligt een voorstel klaar waarover u als ondersteuner beslist.",
}


def tell_validators(opened: ValidationRound, people: Iterable[Person], *, now: datetime) -> None:
    """Ask those who answer in a step that just opened."""
    urgent = "Dringend" if opened.proposal.is_urgent else "Te valideren"
    _ask(people, opened, subject=urgent, intro=ASKED[opened.validated_by], now=now)


def tell_reminder(opened: ValidationRound, people: Iterable[Person], *, now: datetime) -> None:
    """Remind those who did not answer yet, before or after the term."""
    over = now >= opened.due_at_utc
    intro = (
        "De termijn om te antwoorden is voorbij en uw antwoord ontbreekt nog."
        if over
        else "Uw antwoord op dit voorstel ontbreekt nog."
    )
    _ask(people, opened, subject="Herinnering", intro=intro, now=now)


def tell_chair_may_decide(
    opened: ValidationRound, chairs: Iterable[Person], *, now: datetime
) -> None:
    """Tell the chair that there is enough advice to decide."""
    advice = count_of(len(opened.votes), "advies", "adviezen")
    intro = f"Er kwamen {advice} over dit voorstel. U kunt nu als voorzitter beslissen."
    _ask(chairs, opened, subject="Te beslissen", intro=intro, now=now)


def tell_passed_to_chair(
    opened: ValidationRound, chairs: Iterable[Person], *, why: str, now: datetime
) -> None:
    """Tell the chair, and support staff, that it is up to the chair now."""
    day = local_date(now)
    intro = f"{why} U beslist nu als voorzitter, met de adviezen die er zijn."
    _ask(chairs, opened, subject="Te beslissen", intro=intro, now=now)
    for person in support_staff(opened.proposal.body_id, day):
        post_about(
            person,
            opened.proposal,
            subject="Naar de voorzitter",
            intro=f"{why} De voorzitter beslist nu.",
            now=now,
        )


def tell_support_stuck(opened: ValidationRound, missing: str, *, now: datetime) -> None:
    """Tell support staff that a step under way cannot be decided any more, and why."""
    for person in support_staff(opened.proposal.body_id, local_date(now)):
        post_about(
            person,
            opened.proposal,
            subject="Validatie zit vast",
            intro=f"{missing} Vul dat aan bij het overleg en start dan de stap opnieuw.",
            now=now,
        )


def tell_skipped(opened: ValidationRound, people: Iterable[Person], *, now: datetime) -> None:
    """Tell those who would have answered that an urgent proposal went to the chair at once."""
    for person in people:
        post_about(
            person,
            opened.proposal,
            subject="Dringend, meteen naar de voorzitter",
            intro="Dit voorstel is dringend. De voorzitter beslist er alleen over; "
            "u hoeft niet te antwoorden.",
            reason=opened.proposal.urgent_motive,
            may_open=False,
            now=now,
        )


def _ask(
    people: Iterable[Person], opened: ValidationRound, *, subject: str, intro: str, now: datetime
) -> None:
    for person in people:
        post(
            person,
            subject=f"{subject}: {opened.proposal.title}",
            template="validation_asked",
            context={
                **words_about(opened.proposal),
                "intro": intro,
                "urgent_motive": (
                    opened.proposal.urgent_motive if opened.proposal.is_urgent else ""
                ),
                "due": format_date(opened.due_at_utc) if now < opened.due_at_utc else "",
                "link": absolute_url(f"/antwoord/{answer_token(opened.id, person.id)}"),
                "link_label": "Bekijken en antwoorden",
                "page": absolute_url(f"/voorstellen/{opened.proposal_id}/valideren"),
            },
            about=opened.proposal,
            body=opened.proposal.body,
            matters_at=opened.due_at_utc,
            urgent=opened.proposal.is_urgent,
            now=now,
        )
