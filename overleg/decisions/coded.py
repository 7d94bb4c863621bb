"""Numbers by NIS code, as Statbel gives them for the whole country: whose they are."""

import re
from collections.abc import Sequence
from datetime import date

from overleg.decisions.pasted import Matched, match_towns
from overleg.lib.money import parse_number
from overleg.lib.pasted import read_pasted
from overleg.organisations.models import Organisation

MOST_LINES = 2_000
HEADINGS = ("inwoner", "bevolking", "population", "aantal", "totaal")
_CODE = re.compile(r"\d{5}")
_PARTS = re.compile(r"[\t;|]")
_COMMAS = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
"""Commas outside quotation marks."""


def read_inhabitants(
    text: str, municipalities: Sequence[Organisation], on: date, *, take_suggested: bool = False
) -> Matched:
    """The number of inhabitants of each municipality that exists on a day (in Brussels).

    ``municipalities`` are all there are, also those that merged away. With codes in the first
    column, lines of elsewhere in the country are passed over; without, lines hold a name and a
    number, as in any pasted table.
    """
    here = [town for town in municipalities if town.valid_on(on)]
    rows = [(number, _cells(line)) for number, line in enumerate(text.splitlines(), 1)]
    coded = [(number, cells) for number, cells in rows if _CODE.fullmatch(cells[0])]
    if not coded:
        table = read_pasted(text, parse_number, HEADINGS)
        return match_towns(table, here, municipalities, on=on, take_suggested=take_suggested)
    if len(coded) > MOST_LINES:
        return Matched(faults=[f"Hoogstens {MOST_LINES} regels: één per gemeente."])
    header = next((cells for number, cells in rows if number < coded[0][0] and any(cells)), [])
    return _match(coded, _column(header), municipalities, on)


def _cells(line: str) -> list[str]:
    parts = _PARTS.split(line)
    if len(parts) == 1:
        parts = _COMMAS.split(line)
    return [part.strip().strip('"').strip() for part in parts]


def _column(header: Sequence[str]) -> int:
    """Where the number stands: under the first word that says so, otherwise in the last column."""
    for word in HEADINGS:
        for place, cell in enumerate(header):
            if place and word in cell.lower():
                return place
    return -1


def _match(
    rows: Sequence[tuple[int, list[str]]],
    column: int,
    municipalities: Sequence[Organisation],
    on: date,
) -> Matched:
    by_code = {town.nis_code: town for town in municipalities}
    matched, lines = Matched(), dict[str, int]()
    for line, cells in rows:
        town = by_code.get(cells[0])
        if town is None:
            continue
        typed = cells[column] if column < len(cells) else ""
        number = parse_number(typed) if len(cells) > 1 else None
        if not town.valid_on(on):
            into = town.successor.name if town.successor else "een andere gemeente"
            fault = f"{town.name} ({cells[0]}) bestaat niet meer en ging op in {into}."
        elif number is None:
            fault = f"{town.name}: “{typed[:30]}” is geen aantal."
        elif town.id in lines:
            fault = f"{town.name} stond al op regel {lines[town.id]}. Geef één regel per gemeente."
        else:
            matched.numbers[town.id], lines[town.id] = number, line
            continue
        matched.faults.append(f"Regel {line}: {fault}")
    if not matched.numbers and not matched.faults:
        matched.faults.append("Er staat geen enkele Vlaamse gemeente in.")
    return matched
