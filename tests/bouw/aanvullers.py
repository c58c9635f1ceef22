"""What floors above `leerlingen` add to the fixed cast: one function each, run inside school A's context.

Add yours to the list: it gets the cast, makes its rows through its own services, and puts what tests need into
`bezetting.extra`. Keep it small: every process builds it once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.bouw.besprekingen import bespreking
from tests.bouw.lvs_plannen import resultaten_en_plan
from tests.bouw.papieren import papieren
from tests.bouw.personen import Bezetting

OUDERS = b"achternaam;roepnaam;geboortedatum;naam;relatie;gezag\nJansen;Bram;2016-05-04;Joke Jansen;oma;nee\n"
EDEXML = Path(__file__).resolve().parents[1] / "gegevens" / "EDEXML.Voorbeeld.2.1.xml"


def beheer(b: Bezetting) -> None:
    """A mail that waits, and a file that was uploaded and not yet confirmed: the director's own."""
    from leerlingen.models import Importbestand
    from leerlingen.profiel import ingebouwde_tekst
    from leerlingen.services.inlezen import importbestand_bewaren
    from zorg.kern.models import Bericht

    b.extra["aanstelling"], b.extra["toewijzing"] = b.bas.aanstelling, b.bas.toewijzing
    b.extra["bericht"] = Bericht.objects.systeemtoegang(reden="de vaste bezetting").order_by("pk").first()
    inhoud = EDEXML.read_bytes()
    bestand = importbestand_bewaren(
        school=b.kogerveld,
        soort="edexml",
        naam="edex.xml",
        inhoud=inhoud,
        door=b.dora.gebruiker,
    )
    zonder_inhoud = Importbestand.objects.systeemtoegang(reden="de vaste bezetting").defer("inhoud")
    b.extra["importbestand"] = zonder_inhoud.get(pk=bestand.pk)  # every test copies the cast
    ouders = importbestand_bewaren(
        school=b.kogerveld,
        soort="personen",
        naam="ouders.csv",
        inhoud=OUDERS,
        door=b.carla.gebruiker,
    )
    b.extra["ouderbestand"] = zonder_inhoud.get(pk=ouders.pk)
    anders = ingebouwde_tekst("kogerveld").replace("Evaluatie na het SOT", "Terugkijken op het SOT").encode()
    procedure = importbestand_bewaren(
        school=b.kogerveld,
        soort="profiel",
        naam="procedure.toml",
        inhoud=anders,
        door=b.dora.gebruiker,
    )
    b.extra["procedurebestand"] = zonder_inhoud.get(pk=procedure.pk)


def taak(b: Bezetting) -> None:
    """Something that the teachers of 6a do once for both."""
    from leerlingen.services import taak_maken

    b.extra["taak"] = taak_maken(
        school=b.kogerveld,
        soort="methodetoets",
        sleutel="bouw:6a",
        titel="Methodetoets spelling invoeren",
        groep=b.groep_6a,
        link="/toetsen/",
        door=None,
    )


def ouderdeel(b: Bezetting) -> None:
    """The preparation of a SOT about Aya, in which her father is asked for his part; he asks to look into her file."""
    from leerlingen.models import Ouderdeel
    from leerlingen.services import document_maken, inzage_vragen, ouderdeel_vragen, stuk_maken
    from zorg.kern import klok

    anna = b.anna.gebruiker
    stuk = stuk_maken(
        leerling=b.aya,
        soort="voorbereiding_sot",
        titel="Voorbereiding SOT",
        vertrouwelijkheid="vertrouwelijk",
        door=anna,
    )
    document = b.extra["voorbereiding"] = document_maken(soort="voorbereiding_sot", stuk=stuk, door=anna)
    ouderdeel_vragen(
        document=document,
        waarom="Er is een gesprek op school.",
        lezers="de leerkracht",
        voor=klok.vandaag(b.kogerveld) + timedelta(days=7),
        door=anna,
    )
    b.extra["inzageverzoek"] = inzage_vragen(leerling=b.aya, door=b.dirk.gebruiker)
    gevraagd = Ouderdeel.objects.systeemtoegang(reden="de vaste bezetting")
    b.extra["ouderdeel"] = gevraagd.get(document=document, persoon=b.dirk.persoon)


def signaal(b: Bezetting) -> None:
    """Anna wrote that Bram does not keep up; and confidentially what his parents said."""
    from lvs.services import signaal_vastleggen

    b.extra["signaal"] = signaal_vastleggen(
        leerling=b.bram,
        categorie="tempo_inhoud",
        bron="observatie",
        tekst="Bram heeft zijn taak drie keer niet af.",
        door=b.anna.gebruiker,
    )
    b.extra["signaal_vertrouwelijk"] = signaal_vastleggen(
        leerling=b.bram,
        categorie="sociaal_emotioneel",
        bron="ouders",
        tekst="De ouders vertellen dat hij slecht slaapt.",
        vertrouwelijkheid="vertrouwelijk",
        door=b.anna.gebruiker,
    )


AANVULLERS: list[Callable[[Bezetting], None]] = [
    beheer,
    resultaten_en_plan,
    bespreking,
    taak,
    ouderdeel,
    papieren,
    signaal,
]
