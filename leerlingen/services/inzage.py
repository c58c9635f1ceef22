"""A parent asks to look into the file: told to the director, answered in time, or later or not with a reason."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from leerlingen import profielen_van_school
from leerlingen.models import Inzageverzoek, Leerling, Persoon, Taak
from leerlingen.services.hulp import mensen_met_rol, persoon_van, vereis
from leerlingen.services.taken import taak_maken, taken_afronden
from leerlingen.services.zorg import gezaghebbenden
from leerlingen.termijn import binnen, datumtekst
from zorg.kern import klok, mail
from zorg.kern.fouten import DomeinFout
from zorg.kern.models import Gebruiker, School
from zorg.kern.querysets import Recht
from zorg.kern.tekst import schoon
from zorg.logboek.services import vastleggen

TAAK = "inzageverzoek"
TERMIJN = "inzageverzoek"
"""Code of the term within which the school answers; every procedure has it."""
UITLEG = "Maak een afspraak of geef een kopie, en leg dat vast. Lukt het niet op tijd, zeg dan waarom."
LANGER_MAANDEN = 2
"""How much longer an answer may take, with a reason told to the parent within the first term (AVG article 12)."""


def _laatste_dag(school: School, vanaf: date) -> date:
    """The last day on which the school may answer, by the term of its procedure."""
    termijn = profielen_van_school.huidig_profiel(school).zoek_termijn(TERMIJN)
    return binnen(vanaf, termijn.aantal, termijn.eenheid, ()).datum


@transaction.atomic
def inzage_vragen(*, leerling: Leerling, toelichting: str = "", door: Gebruiker) -> Inzageverzoek:
    """A parent asks; what is written while a request is open is added to it. PermissionDenied without authority.

    Raises DomeinFout when the words together are too many.
    """
    vereis(door, Recht.MEELEZEN, leerling)
    ouder = persoon_van(door, leerling.school_id)
    if ouder.pk not in {persoon.pk for persoon in gezaghebbenden(leerling)}:
        raise PermissionDenied
    Persoon.objects.systeemtoegang(reden="een verzoek tegelijk").select_for_update().get(pk=ouder.pk)
    open_: Inzageverzoek | None = (
        Inzageverzoek.objects.systeemtoegang(reden="staat er al een verzoek")
        .filter(leerling=leerling, persoon=ouder, afgehandeld_op__isnull=True)
        .first()
    )
    if open_ is not None:
        return _erbij(open_, schoon(toelichting, naam="Uw toelichting", maximum=2000, bestand=False).strip(), door)
    verzoek: Inzageverzoek = Inzageverzoek.objects.create(
        school=leerling.school,
        leerling=leerling,
        persoon=ouder,
        toelichting=schoon(toelichting, naam="Uw toelichting", maximum=2000, bestand=False).strip(),
        gevraagd_op=klok.nu(),
        uiterlijk=_laatste_dag(leerling.school, klok.vandaag(leerling.school)),
    )
    for directeur in mensen_met_rol(leerling.school, "directeur"):
        taak_maken(
            school=leerling.school,
            soort=TAAK,
            sleutel=f"inzage:{verzoek.pk}:{directeur.pk}",
            titel="Een ouder vraagt om het dossier in te zien",
            uitleg=UITLEG,
            leerling=leerling,
            persoon=directeur,
            rol="directeur",
            link=f"/leerlingen/{leerling.pk}/ouders/#inzage",
            knop="Afhandelen",
            voor=verzoek.uiterlijk,
            door=None,
        )
    vastleggen("inzage_gevraagd", school=leerling.school, door=door, leerling=leerling, object=verzoek)
    return verzoek


def _erbij(verzoek: Inzageverzoek, tekst: str, door: Gebruiker) -> Inzageverzoek:
    """Add what the parent wrote to the open request, and say so on the tasks about it; the same words add nothing."""
    if not tekst or tekst in verzoek.toelichting.split("\n\n"):
        return verzoek
    samen = "\n\n".join(deel for deel in (verzoek.toelichting, tekst) if deel)
    verzoek.toelichting = schoon(samen, naam="Uw toelichting met wat u al schreef", maximum=2000, bestand=False)
    verzoek.save(update_fields=["toelichting"])
    Taak.objects.systeemtoegang(reden="de ouder schreef er iets bij").filter(
        school=verzoek.school, sleutel__startswith=f"inzage:{verzoek.pk}:", klaar_op__isnull=True
    ).update(uitleg=f"De ouder schreef er later iets bij. {UITLEG}")
    vastleggen("inzage_gevraagd", school=verzoek.school_id, door=door, leerling=verzoek.leerling_id, object=verzoek)
    return verzoek


def _open_verzoek(verzoek: Inzageverzoek, door: Gebruiker) -> Inzageverzoek:
    vereis(door, Recht.VERLENEN, verzoek.leerling)
    vast: Inzageverzoek = (
        Inzageverzoek.objects.systeemtoegang(reden="een verzoek om inzage afhandelen")
        .select_for_update(of=("self",))
        .select_related("school", "persoon", "leerling")
        .get(pk=verzoek.pk)
    )
    if not vast.is_open:
        raise DomeinFout("Dit verzoek is al afgehandeld.")
    return vast


@transaction.atomic
def inzage_verlengen(*, verzoek: Inzageverzoek, reden: str, door: Gebruiker) -> Inzageverzoek:
    """Take two months longer, once, with a reason that the parent reads. DomeinFout when it is too late for that."""
    vast = _open_verzoek(verzoek, door)
    reden = schoon(reden, naam="De reden", maximum=300).strip()
    if not reden:
        raise DomeinFout("Schrijf waarom het langer duurt; de ouder leest dat.")
    if vast.verlengd_op is not None:
        raise DomeinFout("De termijn is al een keer verlengd.")
    if klok.vandaag(vast.school) > vast.uiterlijk:
        raise DomeinFout("De termijn is voorbij; verlengen kan alleen daarvoor.")
    vast.verlengd_op, vast.verlengd_reden = klok.nu(), reden
    vast.uiterlijk = binnen(vast.uiterlijk, LANGER_MAANDEN, "maanden", ()).datum
    vast.save(update_fields=["verlengd_op", "verlengd_reden", "uiterlijk"])
    dag = datumtekst(vast.uiterlijk, klok.vandaag(vast.school))
    _mail(vast, "verlengd", f"heeft meer tijd nodig, tot en met {dag}")
    vastleggen("inzage_verlengd", school=vast.school, door=door, leerling=vast.leerling_id, object=vast)
    return vast


def uitkomsten(school: School) -> dict[str, str]:
    """How a request can end here: where the file stays at school nobody gets a copy (A-20, X-15)."""
    op_school = profielen_van_school.huidig_profiel(school).ouders.inzage == "op_school"
    alle = Inzageverzoek.Uitkomst
    return {soort.value: str(soort.label) for soort in alle if not (op_school and soort == alle.KOPIE)}


@transaction.atomic
def inzage_afhandelen(*, verzoek: Inzageverzoek, uitkomst: str, antwoord: str = "", door: Gebruiker) -> Inzageverzoek:
    """Record how it was answered. A refusal says why, for the parent. DomeinFout for what the procedure has not."""
    vast = _open_verzoek(verzoek, door)
    if uitkomst not in uitkomsten(vast.school):
        raise DomeinFout("Kies hoe het verzoek is afgehandeld.")
    antwoord = schoon(antwoord, naam="Het antwoord", maximum=2000).strip()
    if uitkomst == Inzageverzoek.Uitkomst.GEWEIGERD and not antwoord:
        raise DomeinFout("Schrijf bij een weigering waarom; de ouder leest dat en kan daarmee naar de toezichthouder.")
    vast.uitkomst, vast.antwoord = uitkomst, antwoord
    vast.afgehandeld_op, vast.afgehandeld_door = klok.nu(), persoon_van(door, vast.school_id)
    vast.save(update_fields=["uitkomst", "antwoord", "afgehandeld_op", "afgehandeld_door"])
    taken_afronden(school=vast.school, begin=f"inzage:{vast.pk}:", door=door)
    _mail(vast, "afgehandeld", "heeft op uw verzoek geantwoord")
    vastleggen(
        "inzage_afgehandeld",
        school=vast.school,
        door=door,
        leerling=vast.leerling_id,
        object=vast,
        uitkomst=uitkomst,
    )
    return vast


def _mail(verzoek: Inzageverzoek, wat: str, zin: str) -> None:
    if verzoek.persoon.email:
        mail.klaarzetten(
            school=verzoek.school,
            aan=verzoek.persoon.email,
            onderwerp=f"Uw verzoek aan {verzoek.school.naam}",
            tekst=f"Beste {verzoek.persoon.naam},\n\n{verzoek.school.naam} {zin}.\n"
            f"U leest het in Zorgpad: {settings.ADRES}/ouders/\n",
            sleutel=f"inzage:{verzoek.pk}:{wat}",
        )


def inzagetermijn(school: School) -> str:
    """Within what time the school answers, in words: «1 maand»."""
    termijn = profielen_van_school.huidig_profiel(school).zoek_termijn(TERMIJN)
    enkel = {"maanden": "maand", "weken": "week", "dagen": "dag"}
    return f"{termijn.aantal} {enkel[termijn.eenheid] if termijn.aantal == 1 else termijn.eenheid}"
