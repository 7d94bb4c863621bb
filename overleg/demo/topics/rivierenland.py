"""Topics of the regionale mandaatgroep Rivierenland."""

from overleg.agenda.states import ProposalFunction, ProposalKind
from overleg.demo.topics import (
    ADVICE,
    AGREED,
    DECIDE,
    DISCUSS,
    LATER,
    NOTE,
    NOTED,
    POSITION,
    Stage,
    Topic,
)
from overleg.documents.states import Circle

TOPICS = (
    Topic(
        "Vrachtwagenparkeren",
        "igemo",
        "Vrachtwagens overnachten langs gewestwegen en in woonwijken. Na een inventaris en een "
        "marktstudie ligt de vraag voor waar een beveiligde parking komt en wie ze betaalt.",
        (
            Stage(
                "Inventaris",
                NOTE,
                "Op een gewone weeknacht staan er ruim driehonderd vrachtwagens buiten een parking. "
                "De helft staat binnen vijf kilometer van een oprit.",
                NOTED,
                "De mandaatgroep neemt kennis van de inventaris.",
            ),
            Stage(
                "Marktstudie en locatie",
                DISCUSS,
                "Twee locaties zijn haalbaar. De omwonenden van de ene vragen een geluidsscherm; de "
                "andere ligt verder van de oprit.",
                LATER,
                "De keuze wacht op het mobiliteitsadvies.",
            ),
            Stage(
                "Keuze van de locatie en financiering",
                DECIDE,
                "Het mobiliteitsadvies is gunstig voor de locatie bij de oprit. De exploitant draagt "
                "de bouw, de besturen de ontsluiting.",
                AGREED,
                "De colleges keuren de gekozen locatie en hun deel van de ontsluiting goed.",
            ),
        ),
        minutes=25,
    ),
    Topic(
        "Toegankelijke geestelijke gezondheidszorg",
        "mechelen",
        "Jongeren wachten maanden op hulp. De regio wil een huis waar ze zonder afspraak terecht "
        "kunnen.",
        (
            Stage(
                "Verkenning",
                DISCUSS,
                "De welzijnskoepel en de huisartsen zijn vragende partij. Antennes in kleinere "
                "gemeenten zijn een voorwaarde.",
                NOTED,
                "Er komt een voorstel met een huis en vier antennes.",
            ),
            Stage(
                "Standpunt over de erkenning",
                DECIDE,
                "De mandaatgroep wil dat de Vlaamse overheid de antennes mee erkent.",
                POSITION,
                "De besturen vragen samen om het huis en de antennes als één geheel te erkennen.",
            ),
        ),
        kind=ProposalKind.STRATEGY,
        function=ProposalFunction.POLICY,
    ),
    Topic(
        "Regionaal woonbeleid voor ouderen",
        "lier",
        "Het aandeel tachtigplussers verdubbelt. De besturen wisselen uit hoe ze zorgwonen vergunnen.",
        (
            Stage(
                "Uitwisseling van praktijken",
                DISCUSS,
                "Vier besturen werken met een vereenvoudigde melding. De anderen vragen een "
                "voorbeeldreglement.",
                ADVICE,
                "De mandaatgroep adviseert een gelijk reglement zorgwonen in alle gemeenten.",
            ),
        ),
        function=ProposalFunction.EXCHANGE,
    ),
    Topic(
        "Fietssnelweg langs de Nete",
        "duffel",
        "Het ontbrekende stuk van de fietssnelweg ligt op het grondgebied van drie gemeenten.",
        (
            Stage(
                "Overeenkomst met de provincie",
                DECIDE,
                "De provincie betaalt de aanleg, de gemeenten het onderhoud. De verlichting blijft "
                "een punt voor de natuurgebieden.",
                AGREED,
                "De gemeenteraden van alle gemeenten keuren de overeenkomst met de provincie goed.",
            ),
        ),
    ),
    Topic(
        "Afvalwater en rioleringsgraad",
        "igemo",
        "De doelen van de Europese richtlijn vragen een versnelling van de gescheiden riolering.",
        (
            Stage(
                "Stand per gemeente",
                NOTE,
                "De achterstand zit vooral in buitengebied. Een gezamenlijke raamovereenkomst voor "
                "keuringen wordt goed onthaald.",
                NOTED,
                "De mandaatgroep neemt kennis van de stand per gemeente.",
            ),
            Stage(
                "Raamovereenkomst keuringen",
                DECIDE,
                "De prijs per keuring daalt met een vijfde. Elk bestuur bestelt zelf.",
                AGREED,
                "De colleges sluiten aan bij de raamovereenkomst voor keuringen.",
            ),
        ),
        kind=ProposalKind.STEERING,
    ),
    Topic(
        "Personeel delen tussen besturen",
        "bornem",
        "Een bestuur dat een specialist heeft, kan die dagen uitlenen. Er is nood aan één kader.",
        (
            Stage(
                "Kader voor detachering",
                DECIDE,
                "De juridische dienst van IGEMO schreef het kader. De vakorganisaties vragen een "
                "vrijwillige instap.",
                AGREED,
                "De colleges keuren het kader voor detachering goed.",
            ),
        ),
        kind=ProposalKind.PROJECT,
    ),
    Topic(
        "Toewijzingsreglement sociale huisvesting",
        "willebroek",
        "De woonmaatschappij vraagt één toewijzingsreglement voor haar werkingsgebied.",
        (
            Stage(
                "Lokale binding",
                DISCUSS,
                "De besturen zoeken een evenwicht tussen lokale binding en dringende noden.",
                LATER,
                "De bespreking gaat voort na het advies van het lokaal woonoverleg.",
            ),
            Stage(
                "Reglement",
                DECIDE,
                "Het advies is verwerkt. Wie tien jaar in de regio woont, krijgt voorrang binnen "
                "elke groep.",
                AGREED,
                "De gemeenteraden keuren het toewijzingsreglement goed.",
            ),
        ),
        minutes=20,
    ),
    Topic(
        "Veiligheid in het stationskwartier",
        "mechelen",
        "De meldingen rond het station nemen toe. De burgemeesters stemmen vooraf af.",
        (
            Stage(
                "Afstemming onder burgemeesters",
                DISCUSS,
                "De korpschefs geven cijfers. De burgemeesters willen een gezamenlijke actieweek.",
                NOTED,
                "Er komt een gezamenlijke actieweek in het voorjaar.",
            ),
        ),
        circle=Circle.MAYORS,
        minutes=10,
    ),
    Topic(
        "Bedrijventerreinen zonder leegstand",
        "igemo",
        "Een regionale coach brengt vraag en aanbod van leegstaande bedrijfspanden samen.",
        (
            Stage(
                "Verlenging van de coach",
                DECIDE,
                "Sinds de start kregen veertig panden een nieuwe gebruiker. De financiering loopt af.",
                AGREED,
                "De colleges keuren hun bijdrage aan de coach voor drie jaar goed.",
            ),
        ),
    ),
    Topic(
        "Rivierpark als toeristische troef",
        "puurs-sint-amands",
        "De oevers van Schelde, Rupel en Nete krijgen één verhaal en één bewegwijzering.",
        (
            Stage(
                "Ambitienota",
                DISCUSS,
                "De nota wordt goed onthaald. De horeca vraagt een vast aanspreekpunt.",
                ADVICE,
                "De mandaatgroep adviseert elk bestuur om de ambitienota te onderschrijven.",
            ),
        ),
        circle=Circle.PUBLIC,
    ),
    Topic(
        "Datagedreven handhaving van sluipverkeer",
        "putte",
        "Sluipverkeer verplaatst zich van gemeente naar gemeente. Gedeelde camera’s geven één beeld.",
        (
            Stage(
                "Proefproject",
                DECIDE,
                "De gegevensbeschermingseffectbeoordeling is klaar. De proef start met vier punten.",
                AGREED,
                "De colleges keuren het proefproject met gedeelde camera’s goed.",
            ),
        ),
    ),
)
