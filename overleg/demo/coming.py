"""What the bodies of a region have on the way: each kind of body its own subjects."""

from collections.abc import Sequence
from dataclasses import dataclass

from overleg.agenda.states import Asked
from overleg.demo.topics import DECIDE, DISCUSS, NOTE
from overleg.documents.states import Circle
from overleg.organisations.states import BodyKind


@dataclass(frozen=True)
class Coming:
    """Titles of proposals, by where they stand."""

    on_agenda: Sequence[tuple[str, Asked, Circle]]
    in_pool: Sequence[tuple[str, Asked]]
    in_validation: Sequence[tuple[str, Asked]]
    draft: str
    returned: str
    refused: str
    withdrawn: str
    referred: str
    """Sent on to another body, where the region has one."""


COMING = {
    BodyKind.MAYORS_CONSULTATION: Coming(
        on_agenda=(
            ("Gezamenlijke aankoop van strooizout", DECIDE, Circle.ADMINISTRATIONS),
            ("Terugkoppeling uit de vervoerregioraad", NOTE, Circle.PUBLIC),
            ("Kandidaten voor de raad van bestuur", DISCUSS, Circle.MAYORS),
        ),
        in_pool=(
            ("Uitleendienst voor feestmateriaal", DECIDE),
            ("Toelichting bij de nieuwe regels voor buitenschoolse opvang", NOTE),
        ),
        in_validation=(
            ("Trajectcontrole op de gewestweg", DISCUSS),
            ("Regionale fietsbibliotheek", DECIDE),
        ),
        draft="Gedeelde stagiairs",
        returned="Nieuw logo voor de regio",
        refused="Reclameborden langs de autosnelweg",
        withdrawn="Gezamenlijke nieuwjaarsreceptie",
        referred="Zaalverhuur aan verenigingen",
    ),
    BodyKind.DIRECTORS_CONSULTATION: Coming(
        on_agenda=(
            ("Raamcontract voor kantoormeubilair", DECIDE, Circle.ADMINISTRATIONS),
            ("Terugkoppeling van de financieel directeurs", NOTE, Circle.PUBLIC),
            ("Vergoeding van de gedeelde stafmedewerker", DISCUSS, Circle.MAYORS),
        ),
        in_pool=(
            ("Vervangpool voor de loketten", DECIDE),
            ("Toelichting bij de nieuwe regels voor overheidsopdrachten", NOTE),
        ),
        in_validation=(
            ("Thuiswerk en prikklok", DISCUSS),
            ("Gezamenlijk onthaal van nieuwe medewerkers", DECIDE),
        ),
        draft="Mentoren voor jonge leidinggevenden",
        returned="Nieuw intranet voor de regio",
        refused="Verkeerslichten op de gewestweg",
        withdrawn="Gezamenlijke personeelsdag",
        referred="Podiumwagens uitlenen aan scholen",
    ),
    BodyKind.STEERING_GROUP: Coming(
        on_agenda=(
            ("Draaiboek voor de regiodag", DECIDE, Circle.ADMINISTRATIONS),
            ("Terugkoppeling uit de provincie", NOTE, Circle.PUBLIC),
            ("Voorzitterschap na dit werkjaar", DISCUSS, Circle.MAYORS),
        ),
        in_pool=(
            ("Gezamenlijke nieuwsbrief", DECIDE),
            ("Toelichting bij het regiodecreet", NOTE),
        ),
        in_validation=(
            ("Overleg met de naburige regio’s", DISCUSS),
            ("Regionale projectenkaart", DECIDE),
        ),
        draft="Bezoek aan een andere regio",
        returned="Website over de regiovorming",
        refused="Rotonde aan de oprit",
        withdrawn="Gezamenlijke startdag",
        referred="Toegankelijke websites voor iedereen",
    ),
}
