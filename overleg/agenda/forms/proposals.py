"""The form of a proposal, and the short ones around it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from overleg.agenda.forms.questions import AnswersField
from overleg.agenda.forms.reasons import LONGEST_REASON, clean_line
from overleg.agenda.models import Proposal
from overleg.agenda.permissions import WRITABLE
from overleg.agenda.queries.choices import ProposingChoices, Speaker
from overleg.agenda.states import Asked, ProposalFunction, ProposalKind
from overleg.agenda.workflow.proposals import ProposalContent
from overleg.documents.kinds import ACCEPT_ATTRIBUTE
from overleg.documents.states import Circle
from overleg.lib.dates import format_date, format_short_date
from overleg.lib.richtext import html_to_plain
from overleg.organisations.models import Body, Organisation
from overleg.scheduling.models import Meeting
from overleg.web.fields import IntegerField, RadioField, SelectField
from overleg.web.forms import OF_ONE_OPENING, HouseForm, LineField, RichTextField, stripped
from overleg.web.revisions import RevisionField

CIRCLE_MEANINGS = {
    Circle.PUBLIC: "openbaar: ook de gemeenteraadsleden van de deelnemende gemeenten",
    Circle.ADMINISTRATIONS: (
        "besturen: de leden van het overleg, en de directeurs, secretariaten en partners "
        "van de deelnemende besturen"
    ),
    Circle.MAYORS: "burgemeesters: alleen de leden van het overleg en wie het ondersteunt",
}
FUNCTION_MEANINGS = {
    ProposalFunction.EXCHANGE: "uitwisseling: ervaringen delen",
    ProposalFunction.TUNING: "afstemming: een dossier over de grenzen heen afstemmen",
    ProposalFunction.POLICY: "beleid: samen een lijn bepalen",
}


class ProposalForm(HouseForm):
    """A new proposal, or new words for one. A draft needs a title, submitting an explanation."""

    proposal_id = HiddenField(render_kw=OF_ONE_OPENING)
    revision = RevisionField()
    kept_files = HiddenField()
    body_id = SelectField("Voor welk overleg?", validators=[InputRequired("Kies een overleg.")])
    organisation_id = SelectField("Indiener", validators=[InputRequired("Kies de indiener.")])
    submitter_id = SelectField("Namens wie?", validate_choice=False)
    title = LineField(
        "Titel",
        filters=[clean_line],
        validators=[
            DataRequired("Geef het voorstel een titel."),
            Length(max=200, message="Houd de titel onder 200 tekens."),
        ],
    )
    explanation = RichTextField("Toelichting")
    kind = SelectField("Rubriek", choices={each.value: each.label for each in ProposalKind})
    answers = AnswersField()
    asked = RadioField("Hoe komt het op tafel?", choices={each.value: each.label for each in Asked})
    wished_meeting_id = SelectField("Gewenste vergadering", validators=[Optional()])
    minutes_needed = IntegerField(
        "Hoeveel minuten hebt u nodig?",
        validators=[
            InputRequired("Geef een aantal minuten, bijvoorbeeld 15."),
            NumberRange(1, 480, "Geef een aantal minuten tussen 1 en 480."),
        ],
    )
    is_urgent = BooleanField("Dit is dringend")
    urgent_motive = TextAreaField(
        "Waarom is het dringend?",
        filters=[clean_line, stripped],
        validators=[
            Optional(),
            Length(max=LONGEST_REASON, message=f"Houd dit onder {LONGEST_REASON} tekens."),
        ],
    )
    function = RadioField(
        "Functie", choices={key.value: label for key, label in FUNCTION_MEANINGS.items()}
    )
    circle = RadioField(
        "Wie mag dit lezen, eens het op een agenda staat?",
        choices={key.value: label for key, label in CIRCLE_MEANINGS.items()},
    )
    files = MultipleFileField("Bijlagen", render_kw={"multiple": True, "accept": ACCEPT_ATTRIBUTE})
    annex_circle = SelectField(
        "Wie mag deze bijlagen lezen?",
        choices={"": "zelfde als het voorstel"}
        | {each.value: f"alleen {each.label}" for each in Circle if each is not Circle.PUBLIC},
        validators=[Optional()],
    )

    def offer(
        self, choices: ProposingChoices, *, today: date, proposal: Proposal | None = None
    ) -> None:
        """Fill the lists; what the proposal has now can always stay. ``today`` in Brussels."""
        bodies = _with(choices.bodies, proposal.body if proposal else None)
        organisations = _with(
            choices.all_organisations, proposal.organisation if proposal else None
        )
        meetings = _with(choices.meetings, proposal.wished_meeting if proposal else None)
        self._bodies: Sequence[Body] = bodies
        self._organisations: Sequence[Organisation] = organisations
        self._meetings: Sequence[Meeting] = meetings
        self._offer_people(choices, proposal)
        self._allowed = {
            key: {each.id for each in options} for key, options in choices.organisations.items()
        }
        if proposal is not None:
            self._allowed.setdefault(proposal.body_id, set()).add(proposal.organisation_id)
        self.body_id.choices = _options({each.id: each.name for each in bodies}, "Kies een overleg")
        self.organisation_id.choices = _options(
            {each.id: each.name for each in organisations}, "Kies een organisatie"
        )
        several = len(bodies) > 1
        self.wished_meeting_id.choices = {"": "Geen voorkeur"} | {
            each.id: meeting_label(each, today, name_body=several) for each in meetings
        }

    def _offer_people(self, choices: ProposingChoices, proposal: Proposal | None) -> None:
        self._speakers: dict[str, dict[str, list[Speaker]]] = {}
        people = {choices.writer.id: f"uzelf ({choices.writer.name})"}
        if proposal is None or proposal.state in WRITABLE:
            for body_id, speakers in choices.speakers.items():
                for each in speakers:
                    people.setdefault(each.person.id, each.person.name)
                    by_person = self._speakers.setdefault(body_id, {})
                    by_person.setdefault(each.person.id, []).append(each)
        elif proposal.submitter_id != choices.writer.id:
            people = {}
        self._writer_id = choices.writer.id
        self._submitter_id = proposal.submitter_id if proposal is not None else ""
        if proposal is not None:
            people.setdefault(proposal.submitter_id, proposal.submitter.name)
        self.submitter_id.choices = people

    def offers_body(self, body_id: str | None) -> bool:
        """Whether one may choose this body."""
        return any(each.id == body_id for each in self._bodies)

    @property
    def one_submitter(self) -> bool:
        """Whether there is nobody else to propose for."""
        return len(self.submitter_id.choices) == 1

    @property
    def one_body(self) -> Body | None:
        """The only body there is to choose."""
        return self._bodies[0] if len(self._bodies) == 1 else None

    @property
    def one_organisation(self) -> Organisation | None:
        """The only organisation there is to choose."""
        return self._organisations[0] if len(self._organisations) == 1 else None

    def validate(self, extra_validators: Any = None, *, submitting: bool = False) -> bool:
        """Whether it is right; when ``submitting``, whether it is also complete."""
        self._follow_speaker()
        right: bool = super().validate(extra_validators)
        body_id = self.body_id.data
        chosen = self.organisation_id.data
        checked = body_id and chosen and not self.organisation_id.errors
        if checked and chosen not in self._allowed.get(body_id, set()):
            self.refuse(
                self.organisation_id, "Namens deze organisatie kunt u daar niet voorstellen."
            )
            right = False
        elif checked and not self.submitter_id.errors and not self._speaks(body_id, chosen):
            self.refuse(self.submitter_id, self._where_they_speak(body_id))
            right = False
        if self.is_urgent.data and not self.urgent_motive.data:
            self.refuse(self.urgent_motive, "Zeg in enkele woorden waarom het dringend is.")
            right = False
        meeting = next((m for m in self._meetings if m.id == self.wished_meeting_id.data), None)
        if meeting is not None and body_id and meeting.body_id != body_id:
            self.refuse(self.wished_meeting_id, "Deze vergadering is er een van een ander overleg.")
            right = False
        if submitting and not html_to_plain(self.explanation.data or "").strip():
            self.refuse(self.explanation, "Schrijf een toelichting voor u het voorstel indient.")
            right = False
        for field in self.answers.unanswered() if submitting else ():
            self.refuse(field, "Beantwoord deze vraag voor u het voorstel indient.")
            self.answers.errors = [entry.errors for entry in self.answers.entries]
            right = False
        return right

    def _follow_speaker(self) -> None:
        """Whoever speaks for one organisation only, need not have it chosen apart."""
        if not self.organisation_id.data:
            found = self._speaking(self.body_id.data or "")
            if len(found) == 1:
                self.organisation_id.process_data(found[0].organisation.id)
                self.organisation_id.raw_data = [found[0].organisation.id]

    def _speaking(self, body_id: str) -> list[Speaker]:
        return self._speakers.get(body_id, {}).get(self.submitter_id.data or "", [])

    def _speaks(self, body_id: str, organisation_id: str) -> bool:
        person_id = self.submitter_id.data
        if person_id in {"", None, self._submitter_id}:
            return True
        if person_id == self._writer_id:
            return person_id in self.submitter_id.choices
        return any(each.organisation.id == organisation_id for each in self._speaking(body_id))

    def _where_they_speak(self, body_id: str) -> str:
        found = self._speaking(body_id)
        if not found:
            return "Deze persoon heeft geen plaats in het gekozen overleg."
        return f"{found[0].person.name} spreekt daar voor {found[0].organisation.name}."

    def show(self, proposal: Proposal) -> None:
        """Fill in what the proposal says now."""
        self.proposal_id.data = proposal.id
        self.revision.data = proposal.revision
        self.body_id.data = proposal.body_id
        self.submitter_id.data = proposal.submitter_id
        self.organisation_id.data = proposal.organisation_id
        self.is_urgent.data = proposal.is_urgent
        self.urgent_motive.data = proposal.urgent_motive
        self.title.data = proposal.title
        self.explanation.data = proposal.explanation_html
        self.function.data = proposal.function.value
        self.kind.data = proposal.kind.value
        self.asked.data = proposal.asked.value
        self.minutes_needed.data = proposal.minutes_needed
        self.circle.data = proposal.circle.value
        self.wished_meeting_id.data = proposal.wished_meeting_id or ""

    def start(self, *, proposal_id: str, body_id: str = "", meeting_id: str = "") -> None:
        """Fill in an empty form: what needs no choice is chosen."""
        self.proposal_id.data = proposal_id
        self.submitter_id.data = self._writer_id
        self.body_id.data = body_id or (self.one_body.id if self.one_body else "")
        self.organisation_id.data = self.one_organisation.id if self.one_organisation else ""
        self.asked.data = Asked.DISCUSS.value
        self.function.data = ProposalFunction.TUNING.value
        self.kind.data = ProposalKind.PROJECT.value
        self.circle.data = Circle.ADMINISTRATIONS.value
        self.minutes_needed.data = 15
        self.wished_meeting_id.data = meeting_id

    def content(self) -> ProposalContent:
        """What was filled in; only after ``validate``."""
        return ProposalContent(
            body_id=self.body_id.data,
            organisation_id=self.organisation_id.data,
            submitter_id=self.submitter_id.data or "",
            title=self.title.data or "",
            answers=self.answers.answered,
            is_urgent=self.is_urgent.data,
            urgent_motive=(self.urgent_motive.data or "") if self.is_urgent.data else "",
            explanation_html=self.explanation.data or "",
            function=ProposalFunction(self.function.data),
            kind=ProposalKind(self.kind.data),
            asked=Asked(self.asked.data),
            minutes_needed=self.minutes_needed.data,
            circle=Circle(self.circle.data),
            wished_meeting_id=self.wished_meeting_id.data or None,
        )

    @property
    def chosen_annex_circle(self) -> Circle:
        """The circle for the annexes that came with the form."""
        return Circle(self.annex_circle.data or self.circle.data)


def meeting_label(meeting: Meeting, today: date, *, name_body: bool) -> str:
    """A coming meeting with the last day to submit, or that this day has passed; fits a phone."""
    day = format_date(meeting.starts_at_utc)
    if name_body:
        day = f"{meeting.body.call_name}: {day}"
    due = meeting.proposals_due_on
    if due < today:
        return f"{day} (laattijdig)"
    return f"{day} ({format_short_date(due)})"


def _with(options: Iterable[Any], current: Any) -> list[Any]:
    found = list(options)
    if current is not None and all(each.id != current.id for each in found):
        found.append(current)
    return found


def _options(labels: dict[str, str], prompt: str) -> dict[str, str]:
    return labels if len(labels) == 1 else {"": prompt} | labels
