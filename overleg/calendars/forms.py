"""The form for a new calendar address."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectChoice

from overleg.calendars.models import Feed
from overleg.organisations.forms.fields import CheckboxesField
from overleg.organisations.models import Body, Organisation
from overleg.web.fields import SelectField
from overleg.web.forms import HouseForm

ALL = ""
BODY, REGION, MUNICIPALITY = "overleg", "regio", "gemeente"
DEADLINES, FOLLOW_UP, OTHER_DATES = "termijnen", "opvolging", "data"


class FeedForm(HouseForm):
    """Of what: a body, a region, a municipality, or empty for all bodies; and what beside."""

    shows = SelectField("Waarvan", default=ALL)
    also = CheckboxesField(
        "Zet er ook bij",
        choices=[
            SelectChoice(DEADLINES, "Termijnen van voorstellen en agenda"),
            SelectChoice(FOLLOW_UP, "Opvolging: wat tegen wanneer op college of gemeenteraad moet"),
            SelectChoice(OTHER_DATES, "Data van andere overleggen, zoals de zoneraad"),
        ],
    )

    def __init__(
        self,
        bodies: Sequence[Body],
        regions: Sequence[Organisation],
        municipalities: Sequence[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.bodies = bodies
        self.subjects: dict[str, Body | Organisation] = {
            **{f"{BODY}:{body.slug}": body for body in bodies},
            **{f"{REGION}:{region.slug}": region for region in regions},
            **{f"{MUNICIPALITY}:{town.slug}": town for town in municipalities},
        }
        self.shows.choices = [
            SelectChoice(ALL, "Al mijn overleggen"),
            *(
                SelectChoice(key, subject.name, optgroup=_group(key))
                for key, subject in self.subjects.items()
            ),
        ]

    def offers(self, feed: Feed) -> bool:
        """Whether what an address shows can still be chosen; else it gives nothing any more."""
        shown = feed.body or feed.organisation
        return shown is None or shown in self.subjects.values()

    @property
    def body(self) -> Body | None:
        """The body that was chosen."""
        chosen = self.subjects.get(self.shows.data or "")
        return chosen if isinstance(chosen, Body) else None

    @property
    def organisation(self) -> Organisation | None:
        """The region or municipality that was chosen."""
        chosen = self.subjects.get(self.shows.data or "")
        return chosen if isinstance(chosen, Organisation) else None


def _group(key: str) -> str:
    return {BODY: "Eén overleg", REGION: "Een regio", MUNICIPALITY: "Een gemeente"}[
        key.partition(":")[0]
    ]
