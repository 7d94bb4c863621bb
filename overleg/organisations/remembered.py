"""What follows from somebody's access alone, built once for the same access.

The conditions on what a person may see are long, and building them takes longer than asking them.
Access itself is asked anew for each page; what is remembered is only what it comes to in SQL.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import TypeVar

from overleg.organisations.viewer import Access, Viewer

MOST_REMEMBERED = 16
"""Of so many people lately; all that is made for one of them takes some 700 kB."""

Built = TypeVar("Built")


@dataclass(frozen=True)
class _Asking:
    """A viewer, who equals another one whose access is the same."""

    access: Access
    viewer: Viewer = field(compare=False)


def once_per_access(build: Callable[[Viewer], Built]) -> Callable[[Viewer], Built]:
    """Remember what ``build`` makes; it may use nothing of the viewer but ``Viewer.access``.

    Conditions and statements may be remembered, what they bring never.
    """

    @lru_cache(maxsize=MOST_REMEMBERED)
    def remembered(asking: _Asking) -> Built:
        return build(asking.viewer)

    @wraps(build)
    def once(viewer: Viewer) -> Built:
        return remembered(_Asking(viewer.access, viewer))

    return once
