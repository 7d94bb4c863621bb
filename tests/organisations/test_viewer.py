"""Who sees which body, and to which circle."""

from datetime import date

import pytest
from flask import Flask

from overleg.documents.states import Circle
from overleg.organisations.viewer import viewer_for
from tests.plugins.cast import Cast

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("who", "circle"),
    [
        ("support", Circle.MAYORS),
        ("chair", Circle.MAYORS),
        ("mayor", Circle.MAYORS),
        ("director", Circle.ADMINISTRATIONS),
        ("partner", Circle.ADMINISTRATIONS),
        ("secretariat", Circle.ADMINISTRATIONS),
        ("councillor", Circle.PUBLIC),
        ("former_mayor", None),
        ("administrator", None),
        ("committee_1", None),
        ("stranger", None),
    ],
)
def test_how_far_each_role_reads_in_midwest(
    app: Flask, cast: Cast, who: str, circle: Circle | None
) -> None:
    viewer = viewer_for(getattr(cast, who), TODAY)
    assert viewer.reach.get(cast.midwest.id) is circle


def test_a_removed_seat_counted_while_it_was_held(app: Flask, cast: Cast) -> None:
    viewer = viewer_for(cast.former_mayor, date(2025, 6, 1))
    assert viewer.may_read(cast.midwest.id, Circle.MAYORS)


def test_a_committee_member_steers_without_a_seat(app: Flask, cast: Cast) -> None:
    viewer = viewer_for(cast.committee_3, TODAY)
    assert viewer.steers(cast.rivierenland.id)
    assert not viewer.supports(cast.rivierenland.id)
