"""Who is told what about outcomes."""

from collections.abc import Sequence
from datetime import date, datetime

from overleg.decisions.models import Outcome
from overleg.lib.dates import local_date
from overleg.mail.links import absolute_url
from overleg.mail.workflow import post
from overleg.organisations.models import Organisation
from overleg.organisations.queries.people import people_for_organisations
from overleg.organisations.states import Role


def tell_municipalities(
    outcome: Outcome, municipalities: Sequence[Organisation], due_on: date | None, *, now: datetime
) -> None:
    """Tell each secretariat and general director what is asked of their municipality."""
    meeting = outcome.item.meeting
    told = people_for_organisations(
        [municipality.id for municipality in municipalities],
        {Role.SECRETARIAT, Role.DIRECTOR},
        on=local_date(now),
    )
    for person, municipality in told:
        post(
            person,
            subject=f"Te agenderen in {municipality.name}: {outcome.title}",
            template="outcome_released",
            context={
                "outcome": outcome,
                "meeting": meeting,
                "municipality": municipality,
                "due_on": due_on,
                "link": absolute_url(f"/gemeenten/{municipality.nis_code}"),
                "link_label": "Naar de opvolging van uw gemeente",
            },
            about=outcome,
            now=now,
        )
