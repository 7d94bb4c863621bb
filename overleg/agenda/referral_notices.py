"""Who is told about a referral. Mails carry title, reason and a link, never the explanation.

Support staff of both bodies are told, and the submitter, who may read the own proposal wherever it
went.
"""

from collections.abc import Iterable
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.notices import post_about
from overleg.agenda.queries.validation import support_staff
from overleg.audit.workflow import Actor
from overleg.lib.dates import local_date
from overleg.lib.text import upper_first


def tell_offered(
    continued: Proposal, origin: Proposal, reason: str, *, by: Actor, now: datetime
) -> None:
    """Tell both bodies' support staff. The submitter hears it from who referred."""
    day = local_date(now)
    there = support_staff(continued.body_id, day)
    _post(
        there,
        continued,
        subject="Aangeboden",
        intro=f"{upper_first(origin.body.the_name)} verwijst dit voorstel naar "
        f"{continued.body.the_name}. Aanvaard het, of stuur het terug met een reden.",
        reason=reason,
        label="Bekijken en antwoorden",
        by=by,
        now=now,
    )
    _post(
        _others(support_staff(origin.body_id, day), there),
        origin,
        subject="Verwezen",
        intro=f"Dit voorstel wordt aangeboden aan {continued.body.the_name}. Zolang dat overleg "
        "niet antwoordde, kunt u nog kiezen wat meegaat.",
        reason=reason,
        by=by,
        now=now,
    )


def tell_went_on(proposal: Proposal, continued: Proposal, reason: str, *, now: datetime) -> None:
    """Tell the submitter of a proposal that was treated that it goes on elsewhere."""
    _post(
        [proposal.submitter],
        proposal,
        subject="Verwezen",
        intro=f"Uw voorstel werd behandeld en wordt nu aangeboden aan {continued.body.the_name}. "
        "U hoeft niets te doen.",
        reason=reason,
        by=None,
        now=now,
    )


def tell_accepted(continued: Proposal, *, by: Actor, now: datetime) -> None:
    """Tell the submitter, and support staff of where it came from."""
    intro = (
        f"{upper_first(continued.body.the_name)} aanvaardt dit voorstel en begint met de validatie."
    )
    _post([continued.submitter], continued, subject="Aanvaard", intro=intro, by=None, now=now)
    if continued.referred_from is not None:
        _post(
            _others(
                support_staff(continued.referred_from.body_id, local_date(now)),
                [continued.submitter],
            ),
            continued.referred_from,
            subject="Aanvaard",
            intro=intro,
            by=by,
            now=now,
        )


def tell_sent_back(continued: Proposal, origin: Proposal, *, by: Actor, now: datetime) -> None:
    """Tell the submitter and support staff of where it came from, with the reason."""
    intro = (
        f"{upper_first(continued.body.the_name)} neemt dit voorstel niet over. Het is opnieuw aan "
        f"{origin.body.the_name} om te zeggen hoe het verdergaat."
    )
    told = [origin.submitter, *support_staff(origin.body_id, local_date(now))]
    _post(
        dict.fromkeys(told),
        origin,
        subject="Teruggekomen",
        intro=intro,
        reason=continued.state_reason,
        by=by,
        now=now,
    )


def _others(people: Iterable[Person], told: Iterable[Person]) -> list[Person]:
    known = {person.id for person in told}
    return [person for person in people if person.id not in known]


def _post(
    people: Iterable[Person],
    proposal: Proposal,
    *,
    subject: str,
    intro: str,
    by: Actor | None,
    now: datetime,
    reason: str = "",
    label: str = "Voorstel openen",
) -> None:
    for person in people:
        if by is not None and person.id == by.id:
            continue
        post_about(
            person,
            proposal,
            subject=subject,
            intro=intro,
            link_label=label,
            reason=reason,
            now=now,
        )
