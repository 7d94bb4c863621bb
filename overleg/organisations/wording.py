"""Settings, seats and periods in words: for who sets them, and for the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overleg.lib.dates import format_date
from overleg.lib.text import count_of, join_words
from overleg.organisations.models import Body, Organisation, Period, Seat, ValidationStep
from overleg.organisations.states import OF_ONE, Decides, Quorum, ValidatedBy, WhenTimeIsOver

NO_STEPS = "Een voorstel is meteen gevalideerd: er is geen stap."
ALL = 100
HALF = 50


def region_called(name: str) -> str:
    """``Regio Midwest``; a name that says itself that it is a region stays: ``Denderregio``."""
    return name if "regio" in name.lower() else f"Regio {name}"


@dataclass(frozen=True)
class AskedStep:
    """A step, and how many people can answer in it now."""

    step: ValidationStep
    people: int

    @property
    def who(self) -> str:
        """Who is asked, with an article."""
        if self.step.asked_body is not None:
            return f"de leden van {self.step.asked_body.the_call_name}"
        return f"de {self.step.validated_by.label}"

    @property
    def table(self) -> str:
        """The group that is asked, as one thing."""
        if self.step.asked_body is not None:
            return self.step.asked_body.the_call_name
        return f"de {self.step.validated_by.label}"

    @property
    def ends_with_chair(self) -> bool:
        """Whether the chair decides in the end a step that others take."""
        step = self.step
        if step.validated_by is ValidatedBy.CHAIR:
            return False
        advised = step.decides is Decides.CHAIR and step.validated_by not in OF_ONE
        return advised or step.when_time_is_over is WhenTimeIsOver.TO_CHAIR

    @property
    def within(self) -> str:
        """How many they are and how long they have, between brackets."""
        days = count_of(self.step.days_to_answer, "dag", "dagen")
        if self.step.validated_by in OF_ONE:
            return f"({days})"
        return f"({count_of(self.people, 'lid', 'leden')}, {days})"


def validation_in_words(steps: Sequence[AskedStep]) -> str:
    """How a proposal goes through these steps, as one sentence."""
    if not steps:
        return NO_STEPS
    last = len(steps) - 1
    parts = [
        _part(asked, is_first=place == 0, is_last=place == last)
        for place, asked in enumerate(steps)
    ]
    return f"Een voorstel {'; daarna '.join(parts)}."


def _part(asked: AskedStep, *, is_first: bool, is_last: bool) -> str:
    step = asked.step
    if step.validated_by in OF_ONE and is_last and not is_first:
        return f"beslist {asked.who} {asked.within}{_after(step)}"
    goes = f"{'gaat' if is_first else 'gaat het'} naar {asked.who} {asked.within}"
    if step.validated_by in OF_ONE:
        return f"{goes}, die {'beslist' if is_last else 'het eerst bekijkt'}{_after(step)}"
    verb = "beslist" if step.asked_body is None else "beslissen"
    further = "" if is_last else " of het verder gaat"
    if step.decides is Decides.CHAIR:
        return f"{goes}; op hun advies beslist de voorzitter{further}"
    return f"{goes}, die {_majority(step.majority_percent)} {verb}{further}{_after(step)}"


def _majority(percent: int) -> str:
    if percent >= ALL:
        return "eenparig"
    return "bij meerderheid" if percent == HALF else f"met meer dan {percent} %"


def _after(step: ValidationStep) -> str:
    passes = step.when_time_is_over is WhenTimeIsOver.TO_CHAIR
    return ", en na die termijn de voorzitter" if passes else ""


def changes_in_words(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """What is otherwise than before, by name: ``Ritme: wekelijks werd maandelijks``; may be empty.

    What was empty goes last, ``Ritme: maandelijks (was: niets)``.
    """
    return "; ".join(
        f"{name}: {_change(before[name], value) if name in before else value or 'niets'}"
        for name, value in after.items()
        if before.get(name) != value
    )


def _change(before: str, after: str) -> str:
    return f"{before} werd {after or 'niets'}" if before else f"{after} (was: niets)"


def period_in_words(period: Period) -> str:
    """From when till when something holds: ``vanaf 1 maart 2026 tot en met 30 juni 2026``."""
    first = f"vanaf {format_date(period.valid_from)}" if period.start_is_known else ""
    last = f"tot en met {format_date(period.valid_to)}" if period.valid_to else ""
    return " ".join(filter(None, [first, last])) or "al vóór 2023"


def seat_in_words(seat: Seat) -> dict[str, str]:
    """What is noted about a seat, by the names of its form."""
    return {
        "Functie": seat.function.label,
        "Titel": seat.title,
        "Aan tafel als": seat.kind.label,
        "Persoon": seat.person.name if seat.person is not None else "vrij",
        "Periode": period_in_words(seat),
    }


def organisation_in_words(organisation: Organisation) -> dict[str, str]:
    """What is known of an organisation, by the names of its form."""
    first, last = organisation.valid_from, organisation.valid_to
    province, successor = organisation.province, organisation.successor
    return {
        "Naam": organisation.name,
        "Korte naam": organisation.short_name,
        "NIS-code": organisation.nis_code or "",
        "OVO-code": organisation.ovo_number or "",
        "Ondernemingsnummer": organisation.kbo_number or "",
        "Provincie": province.name if province is not None else "",
        "Kleur": organisation.colour,
        "Eerste dag": format_date(first) if organisation.start_is_known else "al vóór 2023",
        "Laatste dag": format_date(last) if last is not None else "",
        "Ging op in": successor.name if successor is not None else "",
    }


def body_in_words(body: Body) -> dict[str, str]:
    """The settings of a body but its steps, by the names of their form."""
    quorum = body.quorum.label
    if body.quorum is Quorum.NUMBER:
        quorum = f"{quorum} ({body.quorum_number})"
    return {
        "Naam": body.name,
        "Korte naam": body.short_name,
        "Lidwoord": body.article.label,
        "Soort": body.kind.label,
        "Regio": body.region.name if body.region is not None else "",
        "Omschrijving": f"“{body.description}”" if body.description else "",
        "Wie ondersteunt": join_words(each.name for each in body.supporters),
        "Ritme": body.rhythm,
        "Gewone plaats": body.default_place,
        "Gewone duur": f"{body.default_duration_minutes} minuten",
        "Quorum": quorum,
        "Openbare kalender": "ja" if body.has_public_calendar else "nee",
        "Voorstellen indienen": f"{_days(body.proposal_deadline_days)} vooraf",
        "Agenda versturen": f"{_days(body.agenda_deadline_days)} vooraf",
        "Lijst van uitkomsten": f"{_days(body.outcomes_deadline_days)} nadien",
        "Leden zien elkaars advies": body.advice_shown.label,
        "Nummers van de punten": body.item_numbering.label,
        "Punten groeperen per": body.sections_by.label,
        "Hoe het overleg tot een uitkomst komt": body.notes_votes.label,
        "Doorverwijzen naar": join_words(sorted(each.name for each in body.refers_to)),
    }


def steps_in_words(steps: Sequence[ValidationStep]) -> dict[str, str]:
    """What is set of each step of validation, by the names of the form."""
    words = {"Stappen van validatie": str(len(steps))}
    for step in steps:
        for name, value in _step_in_words(step).items():
            words[f"Stap {step.position}, {name}"] = value
    return words


def _step_in_words(step: ValidationStep) -> dict[str, str]:
    asked = step.asked_body
    may = {"akkoord": True, "terug": step.may_return}
    may |= {"weigeren": step.may_refuse, "verwijzen": step.may_refer}
    words = {
        "wie valideert": f"de leden van {asked.name}" if asked else step.validated_by.label,
        "mogelijke antwoorden": join_words(answer for answer, is_so in may.items() if is_so),
        "tijd om te antwoorden": _days(step.days_to_answer),
    }
    if step.validated_by not in OF_ONE:
        words["antwoorden nodig"] = str(step.quorum)
        words["nodige meerderheid"] = f"{step.majority_percent} %"
        words["wie beslist"] = step.decides.label
    if step.validated_by is not ValidatedBy.CHAIR:
        words["als iemand te laat is"] = step.when_time_is_over.label
    return words


def _days(number: int) -> str:
    return f"{number} {'dag' if number == 1 else 'dagen'}"
