"""Whose lines are in a pasted table: names to municipalities, with suggestions for slips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from overleg.lib.money import format_euro
from overleg.lib.pasted import PastedTable
from overleg.lib.text import slugify
from overleg.organisations.models import Organisation
from overleg.organisations.reference import read_table

ALIKE = 0.75
"""How much of a name must be right before it is suggested."""


@dataclass
class Matched:
    """The number of each municipality by id, what is wrong in sentences, and what is suggested."""

    numbers: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    suggested: dict[str, str] = field(default_factory=dict)
    """A name as it was written, and the municipality it is probably meant to be."""


def match_towns(
    table: PastedTable,
    towns: Sequence[Organisation],
    others: Sequence[Organisation],
    *,
    on: date,
    take_suggested: bool = False,
) -> Matched:
    """Find the municipality of each line among ``towns``.

    ``others`` are municipalities elsewhere or of before, for saying what is wrong on a day (in
    Brussels). A slip is suggested, and with ``take_suggested`` taken.
    """
    matched = Matched(faults=list(table.faults))
    by_name = {slugify(town.name): town for town in towns}
    elsewhere = {slugify(town.name): town for town in others}
    slips = _slips([*others, *towns])
    lines: dict[str, int] = {}
    for line in table.lines:
        key = slugify(line.name)
        town = by_name.get(key)
        meant = slips.get(key)
        if meant is not None and slugify(meant.name) not in by_name:
            elsewhere[key] = meant
        if town is None and key in elsewhere:
            matched.faults.append(f"Regel {line.line}: {_why_not(elsewhere[key], on)}")
            continue
        if town is None:
            town = by_name[slugify(meant.name)] if meant else _alike(key, by_name)
            if town is not None and not take_suggested:
                matched.suggested[line.name] = town.name
                matched.faults.append(
                    f"Regel {line.line}: “{line.name[:60]}” kennen we niet. Bedoelt u {town.name}?"
                )
                continue
        if town is None:
            matched.faults.append(f"Regel {line.line}: “{line.name[:60]}” kennen we niet.")
        elif town.id in matched.numbers:
            matched.faults.append(
                f"Regel {line.line}: {town.name} stond al op regel {lines[town.id]}."
            )
        else:
            matched.numbers[town.id], lines[town.id] = line.number, line.line
    return matched


def sum_fault(numbers: Mapping[str, int], total_cents: int | None) -> str | None:
    """What is wrong with the sum, the difference named; None when it is right or none was given."""
    if total_cents is None:
        return None
    found = sum(numbers.values())
    difference = total_cents - found
    if not difference:
        return None
    too = "te weinig" if difference > 0 else "te veel"
    return (
        f"De bedragen zijn samen {format_euro(found)}, en het totaal dat u opgaf is "
        f"{format_euro(total_cents)}: {format_euro(abs(difference))} {too}."
    )


def _slips(towns: Sequence[Organisation]) -> dict[str, Organisation]:
    by_nis = {town.nis_code: town for town in towns}
    return {
        slugify(row["as_written"]): by_nis[row["nis_code"]]
        for row in read_table("common_slips")
        if row["nis_code"] in by_nis
    }


def _alike(key: str, by_name: Mapping[str, Organisation]) -> Organisation | None:
    found = get_close_matches(key, list(by_name), n=1, cutoff=ALIKE)
    return by_name[found[0]] if found else None


def _why_not(town: Organisation, on: date) -> str:
    if not town.valid_on(on) and town.successor is not None:
        return (
            f"{town.name} bestaat niet meer: de gemeente ging op in {town.successor.name}. "
            "Tel de bedragen samen op één regel."
        )
    return f"{town.name} hoort hier niet bij."
