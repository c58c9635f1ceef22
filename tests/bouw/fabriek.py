"""Small factories over the services, for variation beside the fixed cast. All run inside a school context."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from leerlingen import services
from tests.bouw.personen import Lid
from zorg.kern import klok

if TYPE_CHECKING:
    from leerlingen.models import Document, Dossierstuk, DossierstukRecht, Groep, Leerling, Persoon, Toestemming
    from leerlingen.profiel.papier import Vraag
    from zorg.kern.models import Gebruiker, School

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
WACHTWOORD = "zorgpad-test-wachtwoord"
_nummers = count(1)


def persoon(school: School, roepnaam: str, achternaam: str = "Bedacht", **velden: Any) -> Persoon:
    """Somebody with an e-mail address of their own."""
    velden.setdefault("email", f"{roepnaam.lower()}{next(_nummers)}@{school.code}.test")
    return services.persoon_toevoegen(school=school, roepnaam=roepnaam, achternaam=achternaam, door=None, **velden)


def lid(
    school: School,
    roepnaam: str,
    *rollen: str,
    vanaf: date | None = None,
    tot: date | None = None,
    vakgebieden: tuple[str, ...] = (),
    **velden: Any,
) -> Lid:
    """Somebody with an account, and these roles."""
    wie = persoon(school, roepnaam, **velden)
    gebruiker = services.account_maken(persoon=wie, wachtwoord=WACHTWOORD, door=None)
    uit = Lid(gebruiker, wie)
    for rol in rollen:
        uit.aanstelling = services.aanstellen(
            persoon=wie,
            rol=rol,
            vanaf=vanaf or date(2026, 8, 1),
            tot=tot,
            vakgebieden=vakgebieden if rol == "specialist" else (),
            door=None,
        )
    return uit


def leerling(
    school: School, roepnaam: str, achternaam: str = "Kind", *, groep: Groep | None = None, **velden: Any
) -> Leerling:
    """An enrolled pupil, in a group when one is given."""
    velden.setdefault("geboortedatum", date(2016, 5, 4))
    vanaf = velden.pop("vanaf", date(2026, 8, 1))
    nieuw = services.inschrijven(
        school=school, vanaf=vanaf, roepnaam=roepnaam, achternaam=achternaam, door=None, **velden
    )
    if groep is not None:
        services.plaatsen(leerling=nieuw, groep=groep, vanaf=vanaf, door=None)
    return nieuw


def ouder(school: School, roepnaam: str, *kinderen: Leerling, gezag: str = "ja", **velden: Any) -> Lid:
    """A parent with an account."""
    wie = persoon(school, roepnaam, **velden)
    gebruiker = services.account_maken(persoon=wie, wachtwoord=WACHTWOORD, door=None)
    for kind in kinderen:
        services.ouder_toevoegen(leerling=kind, persoon=wie, gezag=gezag, vanaf=date(2026, 8, 1), door=None)
    return Lid(gebruiker, wie)


def notitie(over: Leerling, door: Gebruiker, titel: str = "Observatie", **velden: Any) -> Dossierstuk:
    """A note with its paper."""
    velden.setdefault("tekst", "Werkt geconcentreerd aan de rekentaak.")
    document = services.notitie_maken(leerling=over, titel=titel, door=door, **velden)
    assert document.stuk is not None
    return document.stuk


def antwoord_op(vraag: Vraag) -> str:
    """Some answer of the kind that this question asks."""
    gewoon = {"datum": "2026-11-03", "janee": "ja", "getal": "7"}
    return gewoon.get(vraag.soort) or next(iter(vraag.keuzes), "Ingevuld")


def volledig(document: Document, door: Gebruiker) -> None:
    """Answer every obligatory question that is still open."""
    from leerlingen import profielen_van_school as profielen
    from leerlingen.models import Antwoord

    gevuld = set(
        Antwoord.objects.systeemtoegang(reden="wat is al ingevuld")
        .filter(document=document)
        .values_list("sectiecode", "vraagcode")
    )
    for sectie in profielen.document_van(document.profielversie, document.soort).secties:
        for vraag in sectie.vragen:
            if vraag.verplicht and not sectie.per_arrangement and (sectie.code, vraag.code) not in gevuld:
                services.antwoord_bewaren(
                    document=document,
                    sectiecode=sectie.code,
                    vraagcode=vraag.code,
                    tekst=antwoord_op(vraag),
                    basisversie=0,
                    door=door,
                )


def pdf(naam: str = "verslag.pdf") -> SimpleUploadedFile:
    """A small file that passes the judge of uploads."""
    return SimpleUploadedFile(naam, PDF, content_type="application/pdf")


def over(dagen: int) -> datetime:
    """The moment so many days from now."""
    from datetime import timedelta

    return klok.nu() + timedelta(days=dagen)


def recht_van_vroeger(stuk: Dossierstuk, aan: Lid, *, tot: datetime, reden: str, door: Lid) -> DossierstukRecht:
    """A grant to somebody from outside that no consent names: from before Zorgpad asked for one."""
    from leerlingen.models import DossierstukRecht
    from leerlingen.services.rechten import _permissie

    rij: DossierstukRecht = DossierstukRecht.objects.create(
        school=stuk.school,
        user=aan.gebruiker,
        permission=_permissie(type(stuk), "inzien"),
        content_object=stuk,
        geldig_van=klok.nu(),
        geldig_tot=tot,
        reden=reden,
        verleend_door=door.persoon,
    )
    services.koppeling_bijwerken(gebruiker=aan.gebruiker, school=stuk.school, door=None)
    return rij


def toestemming(*stukken: Dossierstuk, van: Lid, door: Lid, tot: date | None = None) -> Toestemming:
    """The written consent of a parent to let somebody from outside read these pieces."""
    vraag = services.toestemming_vragen(
        leerling=stukken[0].leerling,
        doel="extern_betrekken",
        tekst="Mag iemand van buiten dit lezen?",
        stukken=stukken,
        geldig_tot=tot,
        door=door.gebruiker,
    )
    services.toestemming_beantwoorden(toestemming=vraag, keuze="ja", tekstversie=vraag.tekstversie, door=van.gebruiker)
    return vraag
