"""Rows: groups, results, entering tests."""

from tests.rechten.matrix import (
    INGELOGD,
    NEEMT_MEE,
    SCHRIJFT_BRAM,
    ZIET_6A,
    ZIET_BRAM,
    ZIET_STUK,
    doe,
    kijk,
)

# one group: straight to it
kijk("groepen:lijst", INGELOGD, anna=302, duo=302, bas=302, vervanger=302, leerkracht_anders=302, ib_anders=302)
kijk("groepen:groep", ZIET_6A, groep_id="groep_6a")
kijk("groepen:groep", {"leerkracht_anders", "ib_anders"}, groep_id="groep_anders")
kijk("groepen:week", ZIET_6A, groep_id="groep_6a")
kijk("groepen:week", {"leerkracht_anders", "ib_anders"}, groep_id="groep_anders")
kijk("groepen:excel", NEEMT_MEE, ziet=ZIET_6A, groep_id="groep_6a")
kijk("resultaten:leerling", ZIET_BRAM, leerling_id="bram")
kijk("toetsen:start", INGELOGD)
kijk("toetsen:invoeren", INGELOGD)
kijk("toetsen:leerling", SCHRIJFT_BRAM, ziet=ZIET_BRAM, leerling_id="bram")
doe("toetsen:leerling", SCHRIJFT_BRAM, ziet=ZIET_BRAM, leerling_id="bram", ook_kijken=True, status=422)
kijk("toetsen:resultaat", SCHRIJFT_BRAM, ziet=ZIET_BRAM, resultaat_id="extra.resultaat")
doe("toetsen:resultaat", SCHRIJFT_BRAM, ziet=ZIET_BRAM, resultaat_id="extra.resultaat", ook_kijken=True, status=422)
kijk("toetsen:weghalen", SCHRIJFT_BRAM, ziet=ZIET_BRAM, resultaat_id="extra.resultaat")
doe("toetsen:weghalen", SCHRIJFT_BRAM, ziet=ZIET_BRAM, resultaat_id="extra.resultaat", ook_kijken=True,
    data={"reden": "Verkeerd overgenomen van het blad"})  # fmt: skip
# what a person recorded is as visible as its piece: not for the specialist of another subject, nor for parents
SIGNAAL = {"signaal_id": "extra.signaal"}
SCHRIJFT_SIGNAAL = SCHRIJFT_BRAM & ZIET_STUK
kijk("signalen:leerling", ZIET_BRAM, leerling_id="bram")
kijk("signalen:leerling", {"leerkracht_anders", "ib_anders"}, leerling_id="leerling_anders")
kijk("signalen:nieuw", SCHRIJFT_BRAM, ziet=ZIET_BRAM, leerling_id="bram")
doe("signalen:nieuw", SCHRIJFT_BRAM, ziet=ZIET_BRAM, leerling_id="bram", ook_kijken=True,
    data={"categorie": "werkhouding", "bron": "observatie", "tekst": "Dwaalt af", "datum": "2026-11-03",
          "vertrouwelijkheid": "gewoon"})  # fmt: skip
kijk("signalen:signaal", ZIET_STUK, **SIGNAAL)
kijk("signalen:signaal", {"anna", "duo", "carla", "dora"}, signaal_id="extra.signaal_vertrouwelijk")
doe("signalen:stand", SCHRIJFT_SIGNAAL, ziet=ZIET_STUK, **SIGNAAL,
    data={"stand": "opgepakt", "waar": "week", "toelichting": "Elke dag tien minuten extra"})  # fmt: skip
kijk("signalen:wijzigen", SCHRIJFT_SIGNAAL, ziet=ZIET_STUK, **SIGNAAL)
doe("signalen:wijzigen", SCHRIJFT_SIGNAAL, ziet=ZIET_STUK, ook_kijken=True, **SIGNAAL,
    data={"categorie": "werkhouding", "bron": "ouders", "tekst": "Thuis ook", "datum": "2026-11-02"})  # fmt: skip
# who may write for every pupil reads a file in; each at their own school
kijk("toetsen:inlezen", {"carla", "dora", "ib_anders"})
doe("toetsen:inlezen", {"carla", "dora", "ib_anders"}, ook_kijken=True, status=422)
kijk("toetsen:nakijken", {"carla", "dora"}, bestand_id="extra.resultatenbestand")
doe("toetsen:nakijken", {"carla", "dora"}, bestand_id="extra.resultatenbestand", ook_kijken=True)
