"""Outcomes of the demo with costs, a corrected text, a municipality that stepped out, labels."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from overleg.agenda.models import AgendaItem
from overleg.db import NO_ROW, session
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.states import (
    CostRule,
    FollowUpState,
    OutcomeKind,
    OutcomeState,
)
from overleg.decisions.workflow.costs import Sharing, share_costs
from overleg.decisions.workflow.inhabitants import load_inhabitants
from overleg.decisions.workflow.outcomes import Agreed, make_ready, note_outcome
from overleg.decisions.workflow.participation import Reasoned, step_out
from overleg.decisions.workflow.replies import reply
from overleg.decisions.workflow.tags import Labelled, keep_tag
from overleg.decisions.workflow.texts import issue_text, sections_of_text
from overleg.demo.story import Story
from overleg.lib.dates import local_date
from overleg.organisations.models import Organisation
from overleg.organisations.queries.bodies import voting_municipalities
from overleg.scheduling.models import Meeting

ROUNDED = {
    "ardooie": 9_100,
    "dentergem": 8_500,
    "hooglede": 10_000,
    "ingelmunster": 10_900,
    "izegem": 28_300,
    "ledegem": 9_600,
    "lichtervelde": 8_900,
    "moorslede": 11_300,
    "oostrozebeke": 7_900,
    "pittem": 6_800,
    "roeselare": 65_000,
    "staden": 11_400,
    "tielt": 32_500,
    "wielsbeke": 9_800,
    "wingene": 20_000,
}
"""Inhabitants to the nearest hundred or so: enough to look at, not to count on."""
LABELS = {
    "Rond Roeselare": ("roeselare", "hooglede", "staden", "moorslede", "ledegem", "lichtervelde"),
    "Rond Tielt": ("tielt", "wingene", "pittem", "ardooie", "dentergem"),
}
ISSUED_AFTER, SETTLED_AFTER = timedelta(days=9), timedelta(days=16)
CORRECTION = "De planning ontbrak in de motivering. Aan de artikelen verandert niets."
PART = "<p>De uitvoering loopt over drie jaar en wordt elk jaar in maart besproken.</p>"


def play_releases(story: Story) -> None:
    """Give the Midwestoverleg labels, inhabitants and outcomes in every state."""
    if story.body.slug != "midwestoverleg":
        return
    support = story.region.support
    towns = voting_municipalities(story.body, local_date(story.now))
    at = story.now - timedelta(days=2)
    _label(story, towns, at)
    numbers = {town.id: ROUNDED[town.slug] for town in towns if town.slug in ROUNDED}
    year = local_date(story.now).year
    load_inhabitants(story.body, towns, numbers, year, by=support, now=at)
    known = [town for town in towns if town.inhabitants is not None]
    released = _released(story)
    if released is not None:
        _put_right(story, released)
    _set_ready(story, known)


def _label(story: Story, towns: Sequence[Organisation], at: datetime) -> None:
    for name, slugs in LABELS.items():
        chosen = [town for town in towns if town.slug in slugs]
        if chosen:
            keep_tag(
                story.body,
                None,
                Labelled(name, False, chosen),
                revision=NO_ROW,
                by=story.region.support,
                now=at,
            )


def _released(story: Story) -> Outcome | None:
    """The last outcome that is out for some weeks and that somebody still has to answer."""
    return session().scalar(
        select(Outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .join(Outcome.follow_ups)
        .where(
            Meeting.body_id == story.body.id,
            Outcome.state == OutcomeState.RELEASED,
            Outcome.released_at_utc < story.now - SETTLED_AFTER,
            FollowUp.state == FollowUpState.TO_SCHEDULE,
        )
        .order_by(Outcome.kind != OutcomeKind.AGREEMENT, Outcome.released_at_utc.desc(), Outcome.id)
        .limit(1)
    )


def _put_right(story: Story, outcome: Outcome) -> None:
    """A corrected text, a reply to a remark, and a municipality that steps out."""
    support, text, released_at = story.region.support, outcome.text, outcome.released_at_utc
    if text is None or released_at is None:
        return
    issue_text(
        text,
        replace(sections_of_text(text), arguments_html=text.arguments_html + PART),
        reason=CORRECTION,
        revision=text.revision,
        by=support,
        now=released_at + ISSUED_AFTER,
    )
    settled_at = released_at + SETTLED_AFTER
    remarked = next((row for row in outcome.follow_ups if row.remark), None)
    if remarked is not None:
        told = "Dank u, genoteerd. We nemen dit mee naar het volgende overleg."
        reply(outcome, told, to=remarked, by=support, now=settled_at)
    waiting = next(row for row in outcome.follow_ups if row.state is FollowUpState.TO_SCHEDULE)
    why = Reasoned(local_date(settled_at), "Werkt al samen met een buurgemeente buiten de regio.")
    step_out(outcome, waiting.organisation, why, by=support, now=settled_at)


def _set_ready(story: Story, towns: list[Organisation]) -> None:
    """One more outcome of the last meeting, with its costs, that waits to be released."""
    if not story.past or not towns:
        return
    support, meeting = story.region.support, story.past[-1]
    item = session().scalar(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting.id, AgendaItem.proposal_id.is_not(None))
        .order_by(AgendaItem.position)
        .limit(1)
    )
    if item is None:
        return
    agreed = Agreed(
        OutcomeKind.AGREEMENT,
        "Gezamenlijke projectmedewerker",
        "<ol><li>Het college keurt de aanwerving goed van een projectmedewerker voor de hele "
        "regio, in dienst bij DVV Midwest.</li><li>De gemeente draagt per inwoner bij in de kosten."
        "</li><li>Het college bezorgt een afschrift aan DVV Midwest.</li></ol>",
    )
    at = min(meeting.ends_at_utc + timedelta(hours=3), story.now - timedelta(minutes=5))
    outcome = note_outcome(item, agreed, by=support, now=at)
    make_ready(outcome, by=support, now=at)
    sharing = Sharing(CostRule.PER_INHABITANT, "per jaar, voor drie jaar", each_cents=35)
    share_costs(outcome, sharing, towns, revision=NO_ROW, by=support, now=at)
