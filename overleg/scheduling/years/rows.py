"""The rows of the page of a year: one per wish, with all that can be picked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import Field

from overleg.lib.dates import BRUSSELS
from overleg.lib.errors import NotPossible, Refused
from overleg.scheduling.rules.checking import Slot
from overleg.scheduling.years.choosing import Proposed
from overleg.scheduling.years.forms import OUT, OWN, DateForm
from overleg.scheduling.years.people import Clash
from overleg.scheduling.years.queries import Proposal
from overleg.scheduling.years.weighing import Candidate, Choice

MOVED = (
    "Rond deze vergaderingen veranderde intussen iets, zodat het voorstel nu anders is. "
    "Kijk het na en kies opnieuw."
)

LOOK_HERE = "Nog niets is bewaard: kijk na wat hieronder aangeduid staat."


@dataclass(frozen=True)
class Option:
    """One date that can be picked, with its button and who can not be there."""

    candidate: Candidate
    button: Field
    clashes: Sequence[Clash]


@dataclass(frozen=True)
class Row:
    """One wish on the page; without form where a meeting stands already."""

    proposed: Proposed
    form: DateForm | None = None
    options: Sequence[Option] = ()
    own: Field = None
    out: Field = None
    clashes: Sequence[Clash] = ()
    """Of the date that a person typed."""

    @property
    def day(self) -> date:
        """What the wish is known by."""
        return self.proposed.wish.day

    @property
    def is_changed(self) -> bool:
        """Whether something was chosen or typed that is not kept yet."""
        form = self.form
        return form is not None and any(
            field.data != field.object_data
            for field in (form.pick, form.day, form.starts, form.ends, form.place)
        )


def choices_of(rows: Sequence[Row], name: str) -> dict[date, Choice | None]:
    """What was picked for each wish of the body of this name.

    Raises ``Refused`` for what is wrong, which ``wrong_in`` tells of; ``NotPossible`` for what is
    no longer offered.
    """
    asked = [(row, row.form) for row in rows if row.form is not None]
    right = [row for row, form in asked if form.validate()]
    if len(right) < len(asked):
        raise Refused(LOOK_HERE)
    return {row.day: _choice(row, form, name) for row, form in asked}


def wrong_in(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """What is wrong in which date: the id of its field, and a sentence that names the date."""
    return [
        (field.id, f"{row.proposed.wish.title.capitalize()}: {message}")
        for row in rows
        if row.form is not None
        for field in row.form
        for message in field.errors
    ]


def _choice(row: Row, form: DateForm, name: str) -> Choice | None:
    if form.pick.data == OUT:
        return Choice(None)
    if form.pick.data == OWN:
        return form.own(name)
    if not form.pick.data:
        return None
    option = next((each for each in row.options if each.candidate.key == form.pick.data), None)
    if option is None:
        raise NotPossible(MOVED)
    is_best = all(option.candidate.cost <= each.candidate.cost for each in row.options)
    follows = is_best if row.proposed.is_adjusted else option is row.options[0]
    return None if follows else Choice(option.candidate.slot)


def picked(row: Row, name: str) -> Slot | None:
    """The date that is picked, of the body of this name; None for no meeting."""
    if row.form is None or row.form.pick.data in {OUT, None, ""}:
        return None
    if row.form.pick.data == OWN:
        return row.form.own(name).slot
    return next(o.candidate.slot for o in row.options if o.candidate.key == row.form.pick.data)


def rows_of(proposal: Proposal, typed: MultiDict[str, str] | None = None) -> list[Row]:
    """The rows of a proposal, with what was typed in them."""
    return [_row(proposed, proposal, typed) for proposed in proposal.proposed]


def _row(proposed: Proposed, proposal: Proposal, typed: MultiDict[str, str] | None) -> Row:
    if proposed.existing is not None:
        return Row(proposed)
    chosen = proposed.chosen
    offered = [each for each in proposed.options if not (proposed.is_own and each is chosen)]
    slot = chosen.slot if chosen is not None else proposal.plan.on(proposed.wish.day)
    pick = OUT if proposed.is_left_out else ""
    if chosen is not None:
        pick = OWN if proposed.is_own else chosen.key
    form = DateForm(
        [each.key for each in offered],
        prefix=f"d{proposed.wish.day:%Y%m%d}",
        typed=typed,
        given={
            "pick": pick,
            "day": slot.day,
            "starts": slot.starts_at.astimezone(BRUSSELS).time(),
            "ends": slot.ends_at.astimezone(BRUSSELS).time(),
            "place": slot.place,
        },
    )
    *buttons, own, out = list(form.pick)
    options = [
        Option(each, button, proposal.clashes(each.slot))
        for each, button in zip(offered, buttons, strict=True)
    ]
    clashes = proposal.clashes(slot) if proposed.is_own else []
    return Row(proposed, form, options, own, out, clashes)
