"""Kinds of organisations, bodies, seats, roles and validation steps."""

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


class BodyKind(StrEnum):
    MAYORS_CONSULTATION = "mayors_consultation"
    SUBREGIONAL_CONSULTATION = "subregional_consultation"
    DIRECTORS_CONSULTATION = "directors_consultation"
    STEERING_GROUP = "steering_group"
    EMERGENCY_ZONE_COUNCIL = "emergency_zone_council"
    TRANSPORT_REGION_COUNCIL = "transport_region_council"
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
            "other": "ander overleg",
        }[self.value]


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
    """Who takes a validation step."""

    CHAIR = "chair"
    COMMITTEE = "committee"

    @property
    def label(self) -> str:
        return {"chair": "voorzitter", "committee": "agendacommissie"}[self.value]
