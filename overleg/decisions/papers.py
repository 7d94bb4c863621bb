"""The proposals to the municipalities' colleges and councils, as Word files in their own form."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from overleg.decisions.articles import articles_for
from overleg.decisions.costs import cost_sentence
from overleg.decisions.models import CanonicalText, FollowUp, HouseStyle
from overleg.decisions.queries.house_styles import house_styles_of, templates_in_use
from overleg.decisions.states import Organ
from overleg.documents.models import StoredFile
from overleg.documents.views import file_store
from overleg.lib.dates import format_date, local_date
from overleg.lib.text import slugify
from overleg.word.apart import render_apart
from overleg.word.contexts import MunicipalProposalPaper, PaperKind
from overleg.word.errors import TemplateFault
from overleg.word.municipal_papers import OUR_FORM, MunicipalForm
from overleg.word.papers import render_municipal_proposal
from overleg.word.states import ProposalPart
from overleg.word.templates import form_bytes

KINDS = {
    Organ.COLLEGE: PaperKind.COLLEGE_PROPOSAL,
    Organ.COUNCIL: PaperKind.COUNCIL_PROPOSAL,
}
ABBREVIATED = {Organ.COLLEGE: "CBS", Organ.COUNCIL: "GR"}
CLOSED_COLLEGE = "Besloten zitting"
OPEN_COUNCIL = "Openbare zitting"
COMPETENCE = {
    Organ.COLLEGE: "<p>Decreet over het lokaal bestuur van 22 december 2017, artikel 56.</p>",
    Organ.COUNCIL: "<p>Decreet over het lokaal bestuur van 22 december 2017, artikelen 40 en "
    "41.</p>",
}
"""What gives an organ its powers in general."""
MOTIVATION_DATE = "29 juli 1991"
MOTIVATION = (
    f"<ul><li>Wet van {MOTIVATION_DATE} betreffende de uitdrukkelijke motivering van de "
    "bestuurshandelingen</li></ul>"
)
"""What every decision of a municipality goes by."""


@dataclass(frozen=True)
class Dress:
    """How a municipality's papers look: its settings, and its own templates by kind."""

    style: HouseStyle | None = None
    form: MunicipalForm = OUR_FORM
    templates: Mapping[PaperKind, bytes] = field(default_factory=dict)


OURS = Dress()


@dataclass(frozen=True)
class Made:
    """One proposal as a Word file; ``problem`` says why it is not in the own template."""

    follow_up: FollowUp
    content: bytes
    problem: str = ""


def form_of(style: HouseStyle | None) -> MunicipalForm:
    """The form that follows from a municipality's settings."""
    if style is None:
        return OUR_FORM
    parts = {row.part: (row.part, row.heading or row.part.label) for row in style.parts}
    left_out = {row.part for row in style.parts if row.left_out}
    ordered = [*parts, *(part for part in ProposalPart if part not in parts)]
    return MunicipalForm(
        letterhead=style.government_name,
        address=tuple(line.strip() for line in style.address.splitlines() if line.strip()),
        logo=_content(style.logo) if style.logo else b"",
        parts=tuple(
            parts.get(part, (part, part.label)) for part in ordered if part not in left_out
        ),
        article_style=style.article_style,
    )


def _content(file: StoredFile) -> bytes:
    """The bytes of a file; none when they are gone."""
    path = file_store().path_of(file.sha256)
    return path.read_bytes() if path.is_file() else b""


def dresses_of(organisation_ids: Collection[str]) -> dict[str, Dress]:
    """How the papers of these municipalities look; two statements for all together."""
    styles = house_styles_of(organisation_ids)
    templates: dict[str, dict[PaperKind, bytes]] = {}
    for template in templates_in_use(organisation_ids):
        if content := _content(template.file):
            own = templates.setdefault(template.organisation_id, {})
            own[template.paper_kind] = content
    return {
        each: Dress(styles.get(each), form_of(styles.get(each)), templates.get(each, {}))
        for each in organisation_ids
    }


def proposal_paper(
    follow_up: FollowUp, text: CanonicalText, dress: Dress = OURS
) -> MunicipalProposalPaper:
    """What the Word file of this municipality and organ is given.

    A college meets behind closed doors and a council in public (decreet lokaal bestuur, art. 28
    and 53).
    """
    meeting = follow_up.outcome.item.meeting
    municipality, style = follow_up.organisation.name, dress.style
    is_college = follow_up.organ is Organ.COLLEGE
    government = (style.government_name if style else "") or follow_up.organisation.government_name
    competence, regulation = legal_grounds(follow_up.organ, text, style)
    cost = cost_sentence(follow_up)
    return MunicipalProposalPaper(
        kind=KINDS[follow_up.organ],
        title=f"{text.subject} – {municipality}",
        author=government,
        government=government,
        organ=follow_up.organ.full_name.capitalize(),
        session=format_date(follow_up.scheduled_on) if follow_up.scheduled_on else "",
        dossier_number=dossier_number(follow_up, style.dossier_pattern if style else ""),
        submitter=f"{meeting.body.name}, vergadering {meeting.label} "
        f"van {format_date(meeting.starts_at_utc)}",
        portfolio_holder=style.portfolio_holder if style else "",
        openness=CLOSED_COLLEGE if is_college else OPEN_COUNCIL,
        subject=text.subject,
        asked=follow_up.asked.label,
        summary_html=text.summary_html,
        background_html=text.background_html,
        competence_html=competence,
        regulation_html=regulation,
        facts_html=text.arguments_html,
        advice_html=text.advice_html,
        finance_html=text.finances_html + (f"<p>{escape(cost)}</p>" if cost else ""),
        articles=articles_for(text, follow_up.organ, follow_up.asked),
    )


def legal_grounds(organ: Organ, text: CanonicalText, style: HouseStyle | None) -> tuple[str, str]:
    """Competence and regulation: the municipality's own grounds, then those of the text.

    Where the municipality has none: the competence of the organ, unless the text names one, and
    the law that asks for a motivation of every decision.
    """
    own_competence = own_regulation = ""
    if style is not None:
        is_college = organ is Organ.COLLEGE
        own_competence = (
            style.college_competence_html if is_college else style.council_competence_html
        )
        own_regulation = style.regulation_html
    if not own_competence and not text.competence_html:
        own_competence = COMPETENCE[organ]
    if not own_regulation and MOTIVATION_DATE not in text.regulation_html:
        own_regulation = MOTIVATION
    return own_competence + text.competence_html, own_regulation + text.regulation_html


def dossier_number(follow_up: FollowUp, pattern: str) -> str:
    """The municipality's own number once it is known; until then one after its pattern."""
    if follow_up.reference_number or not pattern:
        return follow_up.reference_number
    item = follow_up.outcome.item
    values = {
        "jaar": str(local_date(follow_up.opened_at_utc).year),
        "orgaan": ABBREVIATED[follow_up.organ],
        "vergadering": item.meeting.label,
        "punt": str(item.shown_number),
    }
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


def proposal_docx(follow_up: FollowUp, text: CanonicalText, *, now: datetime) -> bytes:
    """The Word file in the municipality's own form.

    Raises ``TemplateFault`` when its own template cannot hold this text.
    """
    dress = dresses_of([follow_up.organisation_id])[follow_up.organisation_id]
    (made,) = make_proposals([follow_up], text, {follow_up.organisation_id: dress}, now=now)
    if made.problem:
        raise TemplateFault(
            f"Het eigen sjabloon van {follow_up.organisation.name} kan dit voorstel niet invullen. "
            f"{made.problem} Ga bij de huisstijl terug naar een vorige versie of naar het "
            "standaardsjabloon."
        )
    return made.content


def make_proposals(
    rows: Sequence[FollowUp], text: CanonicalText, dresses: Mapping[str, Dress], *, now: datetime
) -> Iterator[Made]:
    """The Word file of each row, one after another in their order.

    Own templates are filled in by one process apart. Where one cannot hold this text, the file is
    in the form of the municipality's settings, with what was wrong.
    """
    papers = [
        (row, dress, proposal_paper(row, text, dress))
        for row in rows
        for dress in [dresses[row.organisation_id]]
    ]
    own = [
        (paper, dress.templates[paper.kind])
        for _row, dress, paper in papers
        if paper.kind in dress.templates
    ]
    apart = render_apart(own, now=now)
    for row, dress, paper in papers:
        made = next(apart) if paper.kind in dress.templates else None
        if isinstance(made, bytes):
            yield Made(row, made)
            continue
        template = form_bytes(paper.kind, dress.form)
        content = render_municipal_proposal(paper, now=now, template=template)
        yield Made(row, content, str(made) if made is not None else "")


def proposal_filename(follow_up: FollowUp, text: CanonicalText) -> str:
    """``collegevoorstel-tielt-regionale-energiestrategie.docx``."""
    subject = slugify(text.subject)[:60].strip("-") or "voorstel"
    town = slugify(follow_up.organisation.name)
    return f"{KINDS[follow_up.organ].value}-{town}-{subject}.docx"
