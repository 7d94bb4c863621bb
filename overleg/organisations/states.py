"""Kinds of organisations, bodies, seats, roles and validation steps."""

import re
from enum import StrEnum


class OrganisationKind(StrEnum):
    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    REGION = "region"
    DEVELOPMENT_ASSOCIATION = "development_association"
    EMERGENCY_ZONE = "emergency_zone"
    TRANSPORT_REGION = "transport_region"
    PARTNER = "partner"

    @property
    def label(self) -> str:
        return {
            "municipality": "gemeente",
            "province": "provincie",
            "region": "referentieregio",
            "development_association": "streekontwikkelingsintercommunale of DVV",
            "emergency_zone": "hulpverleningszone",
            "transport_region": "vervoerregio",
            "partner": "partnerorganisatie",
        }[self.value]

    @property
    def plural(self) -> str:
        """More than one of them."""
        return {
            "municipality": "gemeenten",
            "province": "provincies",
            "region": "referentieregio’s",
            "development_association": "streekintercommunales en DVV’s",
            "emergency_zone": "hulpverleningszones",
            "transport_region": "vervoerregio’s",
            "partner": "partnerorganisaties",
        }[self.value]


GROUP_KINDS = frozenset(
    {
        OrganisationKind.REGION,
        OrganisationKind.EMERGENCY_ZONE,
        OrganisationKind.TRANSPORT_REGION,
        OrganisationKind.DEVELOPMENT_ASSOCIATION,
    }
)
"""What others belong to."""

ONE_GROUP_AT_A_TIME = GROUP_KINDS - {OrganisationKind.DEVELOPMENT_ASSOCIATION}
"""Of these a municipality belongs to one on any day; associations overlap."""


class BodyKind(StrEnum):
    MAYORS_CONSULTATION = "mayors_consultation"
    SUBREGIONAL_CONSULTATION = "subregional_consultation"
    DIRECTORS_CONSULTATION = "directors_consultation"
    STEERING_GROUP = "steering_group"
    EMERGENCY_ZONE_COUNCIL = "emergency_zone_council"
    TRANSPORT_REGION_COUNCIL = "transport_region_council"
    COLLEGE = "college"
    COUNCIL = "council"
    ASSOCIATION_BOARD = "association_board"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "mayors_consultation": "burgemeestersoverleg",
            "subregional_consultation": "overleg van een subregio",
            "directors_consultation": "overleg van algemeen directeurs",
            "steering_group": "stuurgroep",
            "emergency_zone_council": "zoneraad",
            "transport_region_council": "vervoerregioraad",
            "college": "college van burgemeester en schepenen",
            "council": "gemeenteraad",
            "association_board": "bestuur van een intercommunale",
            "other": "ander overleg",
        }[self.value]


class Article(StrEnum):
    """What a body's name takes before it in a sentence: "het Midwestoverleg", "van Neteland"."""

    HET = "het"
    DE = "de"
    NONE = "none"

    @property
    def label(self) -> str:
        return "geen" if self is Article.NONE else self.value

    @classmethod
    def of(cls, name: str) -> "Article":
        """What a name most likely takes: the article of its first word that says what it is."""
        words = re.findall(r"\w+", name.casefold())
        if words and words[0] in {"het", "de"}:
            return cls.NONE
        for word in words:
            if word.endswith(HET_WORDS):
                return cls.HET
            if word.endswith(DE_WORDS):
                return cls.DE
        return cls.NONE

    def before(self, name: str) -> str:
        """The name as it stands within a sentence."""
        return name if self is Article.NONE else f"{self.value} {name}"


HET_WORDS = (
    *("overleg", "bestuur", "comité", "forum", "college", "platform", "netwerk", "bureau"),
    *("team", "beraad", "verband", "parlement"),
)
DE_WORDS = (
    *("groep", "raad", "commissie", "vergadering", "conferentie", "tafel", "kring", "werking"),
    *("vereniging", "bijeenkomst"),
)
"""How words that name a group of people end, by their article."""


class SeatKind(StrEnum):
    VOTING = "voting"
    ADVISORY = "advisory"
    GUEST = "guest"

    @property
    def label(self) -> str:
        return {"voting": "lid", "advisory": "raadgevend lid", "guest": "genodigde"}[self.value]


class SeatFunction(StrEnum):
    MAYOR = "mayor"
    ALDERMAN = "alderman"
    GENERAL_DIRECTOR = "general_director"
    PROVINCIAL_DEPUTY = "provincial_deputy"
    MEMBER_OF_PARLIAMENT = "member_of_parliament"
    CHAIR_OF_ORGANISATION = "chair_of_organisation"
    COORDINATOR = "coordinator"
    EXPERT = "expert"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "mayor": "burgemeester",
            "alderman": "schepen",
            "general_director": "algemeen directeur",
            "provincial_deputy": "gedeputeerde",
            "member_of_parliament": "parlementslid",
            "chair_of_organisation": "voorzitter van een organisatie",
            "coordinator": "coördinator",
            "expert": "deskundige",
            "other": "andere",
        }[self.value]


class Role(StrEnum):
    """What a person may do. The first three hold for a body, the last for the whole service."""

    SUPPORT = "support"
    CHAIR = "chair"
    COMMITTEE = "committee"
    MAYOR = "mayor"
    DIRECTOR = "director"
    PARTNER = "partner"
    SECRETARIAT = "secretariat"
    COUNCILLOR = "councillor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return {
            "support": "ondersteuner",
            "chair": "voorzitter",
            "committee": "lid agendacommissie",
            "mayor": "burgemeester",
            "director": "algemeen directeur",
            "partner": "partnerorganisatie",
            "secretariat": "gemeentesecretariaat",
            "councillor": "gemeenteraadslid",
            "administrator": "beheerder",
        }[self.value]


BODY_ROLES = frozenset({Role.SUPPORT, Role.CHAIR, Role.COMMITTEE})
ORGANISATION_ROLES = frozenset(
    {Role.MAYOR, Role.DIRECTOR, Role.PARTNER, Role.SECRETARIAT, Role.COUNCILLOR}
)


class ValidatedBy(StrEnum):
    """Who takes a validation step; ``BODY`` are the members of another body, such as the ADs'."""

    CHAIR = "chair"
    COMMITTEE = "committee"
    BODY = "body"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        return {
            "chair": "voorzitter",
            "committee": "agendacommissie",
            "body": "leden van een ander overleg",
            "support": "ondersteuning",
        }[self.value]


OF_ONE = frozenset({ValidatedBy.CHAIR, ValidatedBy.SUPPORT})
"""Steps in which the answer of one person is the decision: no quorum, no majority."""


class Decides(StrEnum):
    """Who decides a step of several people: their majority, or the chair on their advice."""

    MAJORITY = "majority"
    CHAIR = "chair"

    @property
    def label(self) -> str:
        return {
            "majority": "de meerderheid van wie antwoordt",
            "chair": "de voorzitter, op hun advies",
        }[self.value]


class WhenTimeIsOver(StrEnum):
    """What happens with a step that nobody decided in time."""

    REMIND = "remind"
    TO_CHAIR = "to_chair"

    @property
    def label(self) -> str:
        return {
            "remind": "een herinnering",
            "to_chair": "een herinnering, en na de termijn beslist de voorzitter",
        }[self.value]


class AdviceShown(StrEnum):
    """When members of a committee see each other's advice."""

    AFTER_OWN = "after_own"
    AT_ONCE = "at_once"

    @property
    def label(self) -> str:
        return {"after_own": "nadat zij zelf antwoordden", "at_once": "meteen"}[self.value]


class ItemNumbering(StrEnum):
    """How points of an agenda are numbered; a number that was sent is never given again."""

    MEETING = "meeting"
    YEAR = "year"

    @property
    def label(self) -> str:
        return {
            "meeting": "per vergadering (2026/07, punt 4)",
            "year": "door het jaar heen (punt 2026/43)",
        }[self.value]


class SectionsBy(StrEnum):
    """What the points of an agenda are grouped by."""

    NONE = "none"
    FUNCTION = "function"
    KIND = "kind"
    OWN = "own"

    @property
    def label(self) -> str:
        return {
            "none": "geen groepen",
            "function": "functie (uitwisseling, afstemming, beleid)",
            "kind": "rubriek",
            "own": "eigen titels",
        }[self.value]


class NotesVotes(StrEnum):
    """Whether a verslag says how the table agreed; mostly it does not."""

    NONE = "none"
    CONSENSUS = "consensus"
    VOTES = "votes"

    @property
    def label(self) -> str:
        return {
            "none": "niet noteren",
            "consensus": "consensus, met voorbehoud bij naam",
            "votes": "consensus met voorbehoud, of een stemming",
        }[self.value]


class Quorum(StrEnum):
    """When enough of a body's voting members are together; no law says it of an overleg."""

    MAJORITY = "majority"
    TWO_THIRDS = "two_thirds"
    NUMBER = "number"
    NONE = "none"

    @property
    def label(self) -> str:
        return {
            "majority": "meer dan de helft",
            "two_thirds": "minstens twee derde",
            "number": "een vast aantal",
            "none": "geen quorum",
        }[self.value]
