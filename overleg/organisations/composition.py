"""From a line of ``reference/seats.csv`` to the vacant seats it stands for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from overleg.db import new_id
from overleg.organisations.states import SeatFunction, SeatKind

Period = tuple[date, date | None]


def composition(
    row: Mapping[str, str],
    *,
    body_id: str,
    ids: Mapping[tuple[str, str], str],
    periods: Mapping[str, Period],
    members: Mapping[str, Sequence[tuple[str, Period]]],
) -> Iterable[dict[str, Any]]:
    """The vacant seats of one line, as rows to insert.

    ``ids`` finds an organisation by kind and slug, ``periods`` tells when each exists, ``members``
    who belongs to a group when; a seat holds as long as that.
    """
    chosen: dict[str, Period] = {}
    for word in row["organisations"].split():
        _choose(word, chosen, ids, periods, members)
    for organisation_id, (start, end) in chosen.items():
        for _ in range(int(row["number"])):
            yield {
                "id": new_id(),
                "body_id": body_id,
                "organisation_id": organisation_id,
                "function": SeatFunction(row["function"]),
                "title": row["title"],
                "kind": SeatKind(row["kind"]),
                "valid_from": start,
                "valid_to": end,
            }


def _choose(
    word: str,
    chosen: dict[str, Period],
    ids: Mapping[tuple[str, str], str],
    periods: Mapping[str, Period],
    members: Mapping[str, Sequence[tuple[str, Period]]],
) -> None:
    leave_out = word.startswith("-")
    itself = word.startswith("group:")
    kind, _, slug = word.removeprefix("-").removeprefix("group:").partition(":")
    organisation_id = ids[kind, slug]
    if leave_out:
        chosen.pop(organisation_id, None)
    elif kind == "region" and not itself:
        chosen.update(members.get(organisation_id, ()))
    else:
        chosen[organisation_id] = periods[organisation_id]
