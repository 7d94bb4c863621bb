"""What threads the demo's topics: where bodies refer to, themes, owners, and dossiers that belong together."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from overleg.agenda.models import Dossier, Proposal, Theme
from overleg.agenda.reference import load_themes
from overleg.agenda.workflow.dossiers import DossierContent, change_dossier, tie_dossiers
from overleg.agenda.workflow.offers import accept_offer
from overleg.agenda.workflow.referral import refer_outside_validation, usual_along
from overleg.db import session
from overleg.demo.people import Region
from overleg.demo.story import Story
from overleg.demo.topics import AGREED, DECIDE, Stage

THEMES = {
    "bestuur en organisatie": ("preventie", "functionaris", "intelligentie", "archief", "personeel", "statu", "knelpunt", "regiovorming", "beheersovereenkomst", "rechtspositie"),
    "cultuur, jeugd en sport": ("sport", "skeeler", "erfgoed", "rivierpark"),
    "economie en werk": ("socio-economisch", "knelpunt", "bedrijventerrein", "toeristisch"),
    "energie en klimaat": ("energie",),
    "mobiliteit": ("deelwagens", "vervoerregio", "vrachtw", "vrachtverkeer", "fiets", "sluipverkeer", "traject"),
    "omgeving en wonen": ("woonbeleid", "huisvesting", "riolering", "sluikstort"),
    "veiligheid": ("politie", "handhaving", "hulpverleningszone", "veiligheid"),
    "water": ("water", "dender", "peilbeheer"),
    "welzijn en zorg": ("gezondheid", "ziekenhuis", "kinderopvang", "opvang", "ouderen"),
}  # fmt: skip
"""Themes by what stands in the title of a dossier."""
RELATED = (
    ("Hoppinpunten met deelwagens", "Drie gemeenten naar de vervoerregio"),
    ("Gedeelde functionaris gegevensbescherming", "Kennisdeling over kunstmatige intelligentie"),
    ("Bovenlokaal sportinfrastructuurplan", "Skeelerparcours als eerste realisatie"),
    ("Deelwagens aan de hoppinpunten", "Vrachtverkeer door de dorpskernen"),
    ("Regionaal woonbeleid voor ouderen", "Toewijzingsreglement sociale huisvesting"),
)
PASSED_ON = "Gedeelde functionaris gegevensbescherming"
FOR_MAYORS = Stage(
    "Voorstel van de algemeen directeurs",
    DECIDE,
    "De burgemeesters volgen het advies van DADO. De kostprijs per inwoner is voor iedereen gelijk.",
    AGREED,
    "De colleges keuren de deelname aan de gedeelde functionaris gegevensbescherming goed.",
)


def open_routes(regions: Iterable[Region]) -> None:
    """Let every body refer to the other ones of its region."""
    for region in regions:
        own = [body for body in region.bodies.values() if not body.is_external]
        for body in own:
            body.refers_to = [other for other in own if other is not body]
    session().flush()


def play_years(stories: Sequence[Story]) -> None:
    """Play the past of every body; what the directors treated first goes on to the mayors."""
    mayors = {story.body.slug: story for story in stories}.get("dbo")
    for story in sorted(stories, key=lambda each: each.body.slug != "dado"):
        story.play_past()
        if story.body.slug == "dado" and mayors is not None and PASSED_ON in story.dossiers:
            _pass_on(story.dossiers[PASSED_ON], mayors)


def _pass_on(proposal: Proposal, mayors: Story) -> None:
    """Refer what was treated to the mayors, who take it and have it validated."""
    at = proposal.changed_at_utc + timedelta(days=3)
    if at + timedelta(days=40) > mayors.now:
        return
    support = mayors.region.support
    continued = refer_outside_validation(
        proposal,
        mayors.body,
        reason="DADO adviseert om in te stappen; de burgemeesters hakken de knoop door.",
        along=usual_along(proposal),
        by=support,
        now=at,
    )
    accept_offer(continued, by=support, now=at + timedelta(days=1))
    mayors.validate(continued, at=at + timedelta(days=2))
    mayors.arriving.append((at + timedelta(days=3), continued, FOR_MAYORS))


def thread_dossiers(now: datetime) -> None:
    """Give every dossier themes, a trekker and a summary, and tie the ones that belong together."""
    load_themes()
    themes = {theme.name: theme for theme in session().scalars(select(Theme))}
    by_title: dict[str, Dossier] = {}
    done: set[str] = set()
    proposals = (
        select(Proposal)
        .order_by(Proposal.created_at_utc)
        .options(selectinload(Proposal.dossier).selectinload(Dossier.themes))
    )
    for proposal in session().scalars(proposals).all():
        dossier = proposal.dossier
        if dossier.id in done:
            continue
        done.add(dossier.id)
        by_title.setdefault(dossier.title, dossier)
        content = DossierContent(
            title=dossier.title,
            summary_html=proposal.explanation_html,
            circle=dossier.circle,
            owner=proposal.organisation,
            contact=proposal.submitter,
            themes=[themes[name] for name in _themes_of(dossier.title) if name in themes],
        )
        change_dossier(dossier, content, revision=dossier.revision, by=proposal.submitter, now=now)
    for one, other in RELATED:
        if one in by_title and other in by_title:
            by = by_title[one].contact
            if by is not None:
                tie_dossiers(by_title[one], by_title[other], by=by, now=now)
    session().flush()


def _themes_of(title: str) -> list[str]:
    low = title.lower()
    return [name for name, words in THEMES.items() if any(word in low for word in words)]
