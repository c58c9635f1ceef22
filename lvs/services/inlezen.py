"""Bringing a file of results into the school: which pupil, which test, then the same code as typing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from leerlingen import profielen_van_school
from leerlingen.inlezen.tabel import Leerlingverwijzing
from leerlingen.inlezen.zoeken import BekendeLeerling, Leerlingzoeker
from leerlingen.models import Leerling
from lvs.inlezen.herkennen import Herkenner
from lvs.inlezen.resultaten import Resultaatrij, Resultatenbestand
from lvs.services.keuring import Invoer
from lvs.services.resultaten import Uitkomst, resultaten_vastleggen
from zorg.kern.models import Gebruiker, School
from zorg.kern.weigering import Rijfout, Weigering, toonbare_code


@dataclass
class Inleesuitkomst:
    """What a file does, with the refused rows of reading and of judging in the order of the file."""

    toegevoegd: int = 0
    gewijzigd: int = 0
    ongewijzigd: int = 0
    geweigerd: list[Weigering] = field(default_factory=list)
    genegeerd: tuple[str, ...] = ()

    def als_json(self) -> dict[str, Any]:
        """The form of ontwerp §8."""
        return {
            "toegevoegd": {"resultaten": self.toegevoegd},
            "gewijzigd": {"resultaten": self.gewijzigd},
            "ongewijzigd": {"resultaten": self.ongewijzigd},
            "geweigerd": [
                {"regel": w.regel, "veld": w.veld, "waarde": w.waarde, "melding": w.melding} for w in self.geweigerd
            ],
            "genegeerd": list(self.genegeerd),
        }


class _Proef(Exception):
    """Rolls a dry run back."""


def resultaten_inlezen(
    *, school: School, bestand: Resultatenbestand, proef: bool = False, door: Gebruiker | None
) -> Inleesuitkomst:
    """Record the rows of a file in one transaction, with one log row. With `proef` nothing stays.

    Raises PermissionDenied when the account may not write for one of the pupils in the file.
    """
    geweigerd = list(bestand.geweigerd)
    uitkomst = Uitkomst()
    try:
        with transaction.atomic():
            invoer = list(_als_invoer(school, bestand.rijen, geweigerd))
            uitkomst = resultaten_vastleggen(school=school, invoer=invoer, bron="bestand", door=door)
            if proef:
                raise _Proef
    except _Proef:
        pass
    alle = sorted([*geweigerd, *uitkomst.geweigerd], key=lambda weigering: weigering.regel)
    return Inleesuitkomst(uitkomst.toegevoegd, uitkomst.gewijzigd, uitkomst.ongewijzigd, alle, tuple(bestand.genegeerd))


def _toets(herkenner: Herkenner, rij: Resultaatrij) -> tuple[str, str]:
    """The codes of subject and test. Raises Rijfout when the school knows one of them not, or not surely."""
    vak = herkenner.vak(rij.vak)
    if vak is None:
        raise Rijfout("vak", toonbare_code(rij.vak), "Dit vakgebied kent de school niet.")
    instrument = herkenner.instrument(rij.instrument, vak)
    if instrument is None:
        raise Rijfout("instrument", toonbare_code(rij.instrument), "Deze toets kent de school niet.")
    return vak, instrument.code


def _als_invoer(school: School, rijen: Iterable[Resultaatrij], geweigerd: list[Weigering]) -> Iterator[Invoer]:
    """The rows whose pupil and test are known; the others go to `geweigerd`."""
    leerlingen = {
        leerling.pk: leerling
        for leerling in Leerling.objects.systeemtoegang(reden="van wie zijn deze resultaten").filter(school=school)
    }
    zoeker = Leerlingzoeker(
        BekendeLeerling(kind.pk, kind.sleutel, kind.roepnaam, kind.voorvoegsel, kind.achternaam, kind.geboortedatum)
        for kind in leerlingen.values()
    )
    herkenner = Herkenner(profielen_van_school.huidig_profiel(school))
    bekend: dict[Leerlingverwijzing, int] = {}
    toetsen: dict[tuple[str, str], tuple[str, str]] = {}
    for rij in rijen:
        try:
            if rij.leerling not in bekend:
                bekend[rij.leerling] = zoeker.vind(rij.leerling)
            if (rij.vak, rij.instrument) not in toetsen:
                toetsen[rij.vak, rij.instrument] = _toets(herkenner, rij)
            vak, instrument = toetsen[rij.vak, rij.instrument]
        except Rijfout as fout:
            geweigerd.append(fout.als_weigering(rij.regel))
            continue
        yield Invoer(
            leerling=leerlingen[bekend[rij.leerling]],
            vak=vak,
            instrument=instrument,
            moment=rij.moment,
            afnamedatum=rij.afnamedatum,
            versie=rij.versie,
            onderdeel=rij.onderdeel,
            ruwe_score=rij.ruwe_score,
            vaardigheidsscore=rij.vaardigheidsscore,
            niveau=rij.niveau,
            percentiel=rij.percentiel,
            functioneringsniveau=rij.functioneringsniveau,
            dle=rij.dle,
            referentieniveau=rij.referentieniveau,
            regel=rij.regel,
        )
