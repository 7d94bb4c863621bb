"""What is remembered for somebody's access is given to the same access only."""

from dataclasses import replace
from datetime import timedelta

from overleg.lib.dates import local_date
from overleg.organisations.remembered import once_per_access
from overleg.organisations.viewer import Viewer, viewer_for
from tests.plugins.application import Clock
from tests.plugins.cast import Cast


def test_another_access_is_another_condition(cast: Cast, clock: Clock) -> None:
    built: list[Viewer] = []

    @once_per_access
    def build(viewer: Viewer) -> int:
        built.append(viewer)
        return len(built)

    today = local_date(clock())
    mayor = viewer_for(cast.mayor, today)
    assert build(mayor) == build(viewer_for(cast.mayor, today)) == 1
    others = [
        viewer_for(cast.tielt_mayor, today),
        replace(mayor, on=today + timedelta(days=1)),
        replace(mayor, reach={}),
        replace(mayor, grants=frozenset()),
        replace(mayor, seated_in=frozenset()),
    ]
    assert [build(other) for other in others] == [2, 3, 4, 5, 6]
