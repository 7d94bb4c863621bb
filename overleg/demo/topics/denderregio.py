"""Topics of the Denderregio: of the general directors (DADO), the mayors (DBO) and the steering group."""

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

MAYORS = (
    Topic(
        "Socio-economisch actieplan",
        "dds",
        "Het plan bundelt acties rond werk, kinderarmoede en vorming, met DDS en SOLVA als trekkers.",
        (
            Stage(
                "Eerste ontwerp",
                DISCUSS,
                "De burgemeesters vragen minder acties en duidelijke cijfers per gemeente.",
                NOTED,
                "Er komt een ontwerp met vijf acties.",
            ),
            Stage(
                "Goedkeuring van het actieplan",
                DECIDE,
                "De vijf acties krijgen steun. Voor de vormingscentra komt een aparte nota.",
                AGREED,
                "De colleges keuren het socio-economisch actieplan goed.",
            ),
        ),
        kind=ProposalKind.STRATEGY,
        function=ProposalFunction.POLICY,
        minutes=20,
    ),
    Topic(
        "Hoppinpunten met deelwagens",
        "solva",
        "Elke gemeente krijgt minstens één hoppinpunt met deelwagens en een gezamenlijk steunfonds.",
        (
            Stage(
                "Spreiding",
                DISCUSS,
                "De kleinere gemeenten vrezen een laag gebruik. Het steunfonds vangt dat op.",
                LATER,
                "De spreiding komt terug met een raming per gemeente.",
            ),
            Stage(
                "Steunfonds",
                DECIDE,
                "De raming is duidelijk. De bijdrage loopt per inwoner, met een plafond.",
                AGREED,
                "De gemeenteraden keuren de bijdrage aan het steunfonds goed.",
            ),
        ),
    ),
    Topic(
        "Drie gemeenten naar de vervoerregio",
        "geraardsbergen",
        "Drie gemeenten zitten in een andere vervoerregio dan hun buren. Ze willen aansluiten.",
        (
            Stage(
                "Gezamenlijke vraag",
                DECIDE,
                "De burgemeesters steunen de vraag. De Vlaamse overheid krijgt één brief.",
                POSITION,
                "De besturen vragen samen dat de drie gemeenten aansluiten bij de vervoerregio.",
            ),
        ),
        kind=ProposalKind.STRATEGY,
        circle=Circle.PUBLIC,
    ),
    Topic(
        "Overstromingen van de Dender",
        "ninove",
        "De sluizen worden vernieuwd. Tot dan is een gezamenlijk waarschuwingssysteem nodig.",
        (
            Stage(
                "Waarschuwingssysteem",
                DECIDE,
                "Het systeem van de hulpverleningszone volstaat, mits extra peilmeters.",
                AGREED,
                "De colleges keuren de aankoop van de peilmeters goed.",
            ),
        ),
    ),
    Topic(
        "Asielopvang en spreiding",
        "aalst",
        "De burgemeesters willen elkaar vooraf informeren over nieuwe opvangplaatsen.",
        (
            Stage(
                "Onderling afspreken",
                DISCUSS,
                "Er is nood aan vertrouwelijkheid tot de plaatsen zeker zijn.",
                NOTED,
                "Wie een vraag krijgt, meldt dat aan de voorzitter.",
            ),
        ),
        circle=Circle.MAYORS,
        minutes=10,
    ),
    Topic(
        "Eén politiereglement",
        "denderleeuw",
        "De politiezones en de gemeenten willen één algemeen politiereglement.",
        (
            Stage(
                "Gemeenschappelijk reglement",
                DECIDE,
                "Op drie artikels na zijn de reglementen gelijk. Vuurwerk blijft lokaal.",
                AGREED,
                "De gemeenteraden keuren het gemeenschappelijke reglement goed.",
            ),
        ),
    ),
)

DIRECTORS = (
    Topic(
        "Gedeelde functionaris gegevensbescherming",
        "solva",
        "Elk bestuur heeft een functionaris nodig. Eén dienst bij SOLVA volstaat voor de regio.",
        (
            Stage(
                "Formule en prijs",
                DISCUSS,
                "De algemeen directeurs kiezen voor vaste dagen en een gedeeld register.",
                ADVICE,
                "DADO adviseert de besturen om in te stappen.",
            ),
        ),
        kind=ProposalKind.STEERING,
    ),
    Topic(
        "Kennisdeling over kunstmatige intelligentie",
        "haaltert",
        "De besturen proberen elk andere toepassingen uit. DADO wil de lessen delen.",
        (
            Stage(
                "Lessen van vier besturen",
                NOTE,
                "Vertalen en samenvatten werkt; voor dossierbehandeling is het te vroeg.",
                NOTED,
                "Er komt een lijst met toepassingen die veilig zijn.",
            ),
            Stage(
                "Gezamenlijke afspraken",
                DECIDE,
                "De lijst is klaar. De functionaris gegevensbescherming keek ze na.",
                AGREED,
                "De colleges nemen de afspraken over in hun eigen richtlijn.",
            ),
        ),
        kind=ProposalKind.INFORMATION,
        function=ProposalFunction.EXCHANGE,
    ),
    Topic(
        "Knelpuntberoepen samen werven",
        "erpe-mere",
        "Technische profielen zijn schaars. Samen werven geeft meer bereik.",
        (
            Stage(
                "Gezamenlijke wervingsreserve",
                DECIDE,
                "Elk bestuur houdt zijn eigen aanstelling; de proeven gebeuren samen.",
                AGREED,
                "De colleges sluiten aan bij de gezamenlijke wervingsreserve.",
            ),
        ),
    ),
    Topic(
        "Archief en digitaal depot",
        "lede",
        "Digitale dossiers moeten bewaard blijven. Een gedeeld depot is betaalbaar.",
        (
            Stage(
                "Proefbestuur",
                DISCUSS,
                "Lede wil proefbestuur zijn. De archivarissen volgen mee.",
                NOTED,
                "De proef loopt een half jaar.",
            ),
        ),
    ),
)

STEERING = (
    Topic(
        "Structuur van de regiovorming",
        "solva",
        "De stuurgroep bereidt voor wie wat doet: DADO, DBO, en de intercommunales.",
        (
            Stage(
                "Taakverdeling",
                DISCUSS,
                "De beslissingsboom werkt. De stuurgroep zelf kan minder vaak samenkomen.",
                NOTED,
                "De stuurgroep komt viermaal per jaar samen.",
            ),
            Stage(
                "Evaluatie",
                DISCUSS,
                "De besturen zijn tevreden over de voorbereiding. De terugkoppeling kan beter.",
                ADVICE,
                "De stuurgroep adviseert een vast punt terugkoppeling op elk college.",
            ),
        ),
        kind=ProposalKind.STEERING,
    ),
    Topic(
        "Regioprogramma",
        "dds",
        "Het programma zegt waaraan de besturen samen werken, tot het einde van de legislatuur.",
        (
            Stage(
                "Keuze van de thema’s",
                DISCUSS,
                "Water en wonen komen bij elk bestuur terug. De andere thema’s wachten.",
                NOTED,
                "Het programma begint met water en wonen.",
            ),
            Stage(
                "Eerste werkjaar",
                DECIDE,
                "Per thema is er een trekker en een begroting.",
                AGREED,
                "De colleges keuren het eerste werkjaar van het regioprogramma goed.",
            ),
        ),
        kind=ProposalKind.STEERING,
    ),
    Topic(
        "Gemeenteraadsleden betrekken",
        "lede",
        "De raadsleden horen laat wat de regio beslist. Drie vormen liggen voor.",
        (
            Stage(
                "Drie vormen",
                DISCUSS,
                "Een jaarlijkse avond heeft de meeste steun. Een nieuwsbrief kan ernaast.",
                NOTED,
                "Er komt een proefavond in het najaar.",
            ),
            Stage(
                "Proefavond",
                DISCUSS,
                "Ruim de helft van de raadsleden was er. De vragen gingen vooral over geld.",
                ADVICE,
                "De stuurgroep adviseert elk bestuur om zijn raadsleden elk jaar uit te nodigen.",
            ),
        ),
    ),
    Topic(
        "Middelen voor de samenwerking",
        "solva",
        "Twee stafmedewerkers werken voor de regio. Hun aanstelling loopt af.",
        (
            Stage(
                "Wat nodig is",
                DISCUSS,
                "Zonder vaste mensen valt de voorbereiding stil. De verdeelsleutel ligt moeilijk.",
                NOTED,
                "SOLVA rekent een verdeling per inwoner uit.",
            ),
        ),
    ),
)
