"""Who is told what about region reports: at most one mail per person per day."""

from collections.abc import Sequence
from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.lib.text import count_of
from overleg.mail.links import absolute_url
from overleg.mail.workflow import Matter, post
from overleg.reports.models import RegionReport


def tell_to_finish(
    proposal: Proposal, report: RegionReport, *, to: Person, by: Person, now: datetime
) -> None:
    """Ask who speaks for the municipality to complete and submit a point of the college."""
    post(
        to,
        subject=f"Punt van uw college: {proposal.title}",
        template="region_report_point",
        context={
            "proposal": proposal,
            "municipality": report.organisation,
            "writer": by.name,
            "link": absolute_url(f"/voorstellen/{proposal.id}/wijzigen"),
            "link_label": "Afwerken en indienen",
        },
        about=proposal,
        body=proposal.body,
        now=now,
    )


def remind(person: Person, reports: Sequence[RegionReport], *, now: datetime) -> None:
    """Tell one person which reports are ready or still have to be placed; one mail for all."""
    first = reports[0]
    alone = len(reports) == 1
    towns = {report.organisation_id for report in reports}
    what = first.title if alone else count_of(len(reports), "regiorapport", "regiorapporten")
    post(
        person,
        subject=f"Te plaatsen: {what} ({first.organisation.name})"
        if alone
        else f"Te plaatsen: {what}",
        template="region_reports",
        context={
            "reports": reports,
            "link": absolute_url(f"/regiorapporten/{first.id}" if alone else "/"),
            "link_label": "Naar het rapport" if alone else "Naar uw startpagina",
        },
        about=None,
        also_about=[Matter(report, report.organisation) for report in reports],
        body=first.organisation if len(towns) == 1 else None,
        now=now,
    )
