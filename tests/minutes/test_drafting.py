"""The first words of a point: only what was noted."""

import pytest

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import Asked, ItemKind
from overleg.minutes.drafting import drafted_text

TOLD = "<p>Het overleg bespreekt dit punt.</p>"


@pytest.mark.parametrize(
    ("label", "there", "told"),
    [
        ("Burgemeester Lier", ["Burgemeester Lier"], "<p>Burgemeester Lier licht het punt toe. "),
        ("Burgemeester Lier", [], "<p>"),
        ("Burgemeester Lier", ["Burgemeester Mechelen"], "<p>"),
        ("Burgemeester Lierde", ["Burgemeester Lier"], "<p>"),
        ("Burgemeester Beveren-Kruibeke", ["Burgemeester Beveren"], "<p>"),
        ("Burgemeester Lier", ["burgemeester (Lier"], "<p>"),
        (
            "Jan Maes (IGEMO), samen met An Peeters (Lier)",
            ["An Peeters", "Jan Maes"],
            "<p>Jan Maes en An Peeters lichten het punt toe. ",
        ),
        (
            "Jan Maes (IGEMO), samen met An Peeters (Lier)",
            ["An Peeters"],
            "<p>An Peeters licht het punt toe. ",
        ),
    ],
)
def test_only_a_submitter_who_was_noted_as_present_explains_a_point(
    label: str, there: list[str], told: str
) -> None:
    item = AgendaItem(kind=ItemKind.PROPOSAL, asked=Asked.DISCUSS, submitter_label=label)
    text = drafted_text(item, [], there=there, away=[], agreed=[])
    assert text == told + TOLD.removeprefix("<p>")


def test_a_point_of_support_staff_is_explained_by_nobody() -> None:
    item = AgendaItem(kind=ItemKind.OWN, asked=Asked.DISCUSS, submitter_label="An Peeters")
    assert drafted_text(item, [], there=["An Peeters"], away=[], agreed=[]) == TOLD
