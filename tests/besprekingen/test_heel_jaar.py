"""A whole year of every procedure for a real school, without a database: nothing clashes, whatever its size."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from psycopg.types.range import DateRange

from besprekingen.jaarplanning import Beperkingen, Mens, plan
from besprekingen.schooljaar import Jaar
from besprekingen.services.jaarvragen import Vragen, Vragenmaker
from besprekingen.services.tafel import Tafel
from besprekingen.vergadertijden import standaard
from leerlingen.models import Aanstelling, Groep, Persoon, Toewijzing
from leerlingen.profiel import INGEBOUWD, lees_ingebouwd
from tests.besprekingen.test_schooljaar import schooljaar

ALTIJD = DateRange(date(2020, 8, 1), None)
VAKKEN = ("rekenen", "begrijpend_lezen", "sociaal_emotioneel")


class School:
    """So many groups, every third with two part-timers; an ib'er of three days for every twelve groups."""

    def __init__(self, code: str, groepen: int, *, ibers: int | None = None) -> None:
        self.profiel = lees_ingebouwd(code)
        start = self.profiel.begrippen.begin_schooljaar
        begin, eind = date(2026, start.maand, start.dag), date(2027, start.maand, start.dag)
        self.jaar: Jaar = schooljaar(self.profiel.land, "noord", begin, eind)
        self.mensen: dict[int, Mens] = {}
        self.aanstellingen: list[Aanstelling] = []
        self.toewijzingen: list[Toewijzing] = []
        for nummer in range(ibers or 1 + (groepen - 1) // 12):
            self._iemand("ib", werkdagen=((1, 2, 4), (2, 3, 5))[nummer % 2])
        self._iemand("directeur")
        self._iemand("teamleider")
        for vak in VAKKEN:
            self._iemand("specialist", vakgebieden=[vak])
        self.groepen = [Groep(pk=n, naam=f"g{n}") for n in range(1, groepen + 1)]
        for groep in self.groepen:
            for werkdagen in ((1, 2, 3), (3, 4, 5)) if groep.pk % 3 == 0 else ((),):
                persoon = self._iemand("leerkracht", werkdagen=werkdagen)
                self.toewijzingen.append(Toewijzing(persoon=persoon, groep=groep, periode=ALTIJD))

    def _iemand(self, rol: str, werkdagen: tuple[int, ...] = (), vakgebieden: list[str] | None = None) -> Persoon:
        persoon = Persoon(pk=len(self.mensen) + 1, achternaam=f"{rol}{len(self.mensen)}")
        self.mensen[persoon.pk] = Mens(persoon.pk, persoon.achternaam, frozenset(werkdagen))
        self.aanstellingen.append(Aanstelling(persoon=persoon, rol=rol, periode=ALTIJD, vakgebieden=vakgebieden or []))
        return persoon

    def vragen(self) -> Vragen:
        """Each group came from one of last year, the first from none."""
        herkomst = {groep.pk: {groep.pk - 1} for groep in self.groepen[1:]}
        tafel = Tafel(self.jaar, self.groepen, self.aanstellingen, self.toewijzingen, lambda: herkomst)
        return Vragenmaker("2026-2027", self.profiel, self.jaar, tafel, lambda _: ()).alles()

    def grenzen(self) -> Beperkingen:
        """Everybody, and the hours of the country."""
        uren = standaard(self.profiel.land)
        return Beperkingen(
            self.jaar,
            self.mensen,
            self.jaar.begin,
            uren.tijden,
            uren.vakantie,
            per_dag=uren.per_dag,
            per_week=uren.per_week,
        )


@pytest.mark.parametrize("aantal", [10, 24])
@pytest.mark.parametrize("code", sorted(INGEBOUWD))
def test_een_heel_jaar_zonder_botsing(code: str, aantal: int) -> None:
    school = School(code, aantal)
    vragen, grenzen = school.vragen(), school.grenzen()
    voorstel = plan(vragen.activiteiten, grenzen)
    assert [botsing.zin for botsing in voorstel.botsingen] == []
    assert len(voorstel.afspraken) == len(vragen.activiteiten) > aantal
    per_dag = Counter((mens, a.begin.date()) for a in voorstel.afspraken for mens in a.mensen)
    assert max(per_dag.values()) <= grenzen.per_dag


def test_met_te_weinig_ib_ers_zegt_hij_waarom_en_wat_wel_past() -> None:
    """One ib'er of three days for thirty groups: the first days of November are too few."""
    school = School("kogerveld", 30, ibers=1)
    botsingen = plan(school.vragen().activiteiten, school.grenzen()).botsingen
    assert botsingen
    for botsing in botsingen:
        assert "ib0 heeft op elke werkdag al 4 besprekingen" in botsing.zin or "samen kunnen" in botsing.zin
    assert any(botsing.past_wel for botsing in botsingen)


@pytest.mark.parametrize("code", sorted(INGEBOUWD))
def test_wat_niet_gepland_wordt_staat_erbij(code: str) -> None:
    """Every row of the cycle and every kind with a rhythm is planned, something to have ready, or named."""
    school = School(code, 3)
    vragen = school.vragen()
    gepland = {doel.activiteit for doel in vragen.doelen.values()}
    soorten = {doel.soort for doel in vragen.doelen.values()}
    klaar = {schrijfwerk.naam for schrijfwerk in vragen.schrijfwerk}
    genoemd = " ".join(vragen.niet_gepland)
    for rij in school.profiel.jaarcyclus:
        assert rij.code in gepland or rij.naam in klaar or f"{rij.naam}" in genoemd, rij.code
    for vorm in school.profiel.bespreking:
        if vorm.per_jaar or vorm.elke_weken:
            rijen = [rij.naam for rij in school.profiel.jaarcyclus if rij.bespreking == vorm.code]
            assert vorm.code in soorten or vorm.naam in genoemd or any(naam in genoemd for naam in rijen), vorm.code
