"""Rows: pupils, dossiers, pieces, files, parents."""

from tests.rechten.matrix import (
    INGELOGD,
    NEEMT_MEE,
    SCHRIJFT_6A,
    SCHRIJFT_BRAM,
    STAF,
    VERLEENT,
    ZIET_6A,
    ZIET_BRAM,
    ZIET_STUK,
    doe,
    kijk,
)

# the list itself is for everyone; what stands on it is decided by the rule (tests/muren/test_regel.py)
kijk("leerlingen:lijst", INGELOGD)
kijk("leerlingen:leerling", ZIET_BRAM, leerling_id="bram")
kijk("leerlingen:leerling", {"leerkracht_anders", "ib_anders"}, leerling_id="leerling_anders")
kijk("leerlingen:leerling", {"carla", "dora"}, leerling_id="vertrokken_leerling")
kijk("leerlingen:leerling", {"bas", "carla", "dora", "specialist"}, leerling_id="chris")
kijk("leerlingen:dossier", ZIET_BRAM, leerling_id="bram")
kijk("leerlingen:notitie", SCHRIJFT_BRAM, ziet=ZIET_BRAM, leerling_id="bram")
doe("leerlingen:notitie", SCHRIJFT_BRAM, ziet=ZIET_BRAM, leerling_id="bram", ook_kijken=True,
    data={"titel": "Proef", "datum": "2026-11-03", "tekst": "Tekst", "vertrouwelijkheid": "gewoon"})  # fmt: skip
kijk("leerlingen:ouders", ZIET_BRAM, leerling_id="bram")
doe("leerlingen:ouders", VERLEENT, ziet=ZIET_BRAM, leerling_id="bram", ook_kijken=True,
    data={"roepnaam": "Nieuw", "achternaam": "Ouder", "relatie": "moeder", "gezag": "onbekend"})  # fmt: skip
kijk("leerlingen:kijkers", VERLEENT, ziet=ZIET_BRAM, leerling_id="bram")
kijk("leerlingen:gegevens", VERLEENT, ziet=ZIET_BRAM, leerling_id="bram")
doe("leerlingen:gegevens", VERLEENT, ziet=ZIET_BRAM, leerling_id="bram", ook_kijken=True,
    data={"roepnaam": "Bram", "achternaam": "Janssen", "geboortedatum": "2016-05-04"})  # fmt: skip
kijk("leerlingen:groep", VERLEENT, ziet=ZIET_BRAM, leerling_id="bram")
doe("leerlingen:groep", VERLEENT, ziet=ZIET_BRAM, leerling_id="bram", ook_kijken=True,
    data={"groep": "@groep_6b", "vanaf": "2026-11-09"})  # fmt: skip
kijk("leerlingen:vertrek", VERLEENT, ziet=ZIET_BRAM, leerling_id="bram")
doe("leerlingen:vertrek", VERLEENT, ziet=ZIET_BRAM, leerling_id="bram", ook_kijken=True,
    data={"laatste_dag": "2026-11-20"})  # fmt: skip
# the specialist meets the pupil for one subject, not the parents
doe("leerlingen:gezag", VERLEENT, ziet=ZIET_BRAM - {"specialist"}, ouderschap_id="ouderschap", data={"gezag": "nee"})
doe("leerlingen:ouder_uitnodigen", VERLEENT, ziet=ZIET_BRAM - {"specialist"}, ouderschap_id="ouderschap")
kijk("leerlingen:noodtoegang", STAF, anders=404, leerkracht_anders=200, ib_anders=200)
doe("leerlingen:noodtoegang", STAF, leerkracht_anders=422, ib_anders=422, ook_kijken=True,
    data={"naam": "Bram Jansen", "geboortedatum": "2016-05-04", "reden": "Bram is gevallen op het plein"})  # fmt: skip

GEWOON = {"stuk_id": "notitie"}
SCHRIJFT = SCHRIJFT_BRAM & ZIET_STUK
kijk("leerlingen:stuk", ZIET_STUK, **GEWOON)
kijk("leerlingen:stuk", {"anna", "duo", "carla", "dora"}, stuk_id="vertrouwelijk")
kijk("leerlingen:stuk", {"carla", "dora"}, stuk_id="geheim")
kijk("leerlingen:stuk", {"carla", "dora"}, stuk_id="in_kring")
kijk("leerlingen:stuk", ZIET_BRAM, stuk_id="rekenstuk")
kijk("leerlingen:stuk", ZIET_STUK, stuk_id="taalstuk")
kijk("leerlingen:stuk", ZIET_STUK | {"extern"}, stuk_id="stuk_extern")
kijk("leerlingen:stuk", {"leerkracht_anders", "ib_anders"}, stuk_id="notitie_anders")
kijk("leerlingen:pdf", NEEMT_MEE, ziet=ZIET_STUK, **GEWOON)
kijk("leerlingen:pdf", NEEMT_MEE, stuk_id="vertrouwelijk")
kijk("leerlingen:pdf", VERLEENT, stuk_id="geheim")
kijk("leerlingen:pdf", VERLEENT, stuk_id="in_kring")
kijk("leerlingen:pdf", NEEMT_MEE, ziet=ZIET_STUK | {"extern"}, stuk_id="stuk_extern")
kijk("leerlingen:pdf", NEEMT_MEE, ziet=ZIET_BRAM, status=404, stuk_id="rekenstuk")  # no paper hangs on it
kijk("leerlingen:pdf", {"leerkracht_anders", "ib_anders"}, stuk_id="notitie_anders")
kijk("leerlingen:versies", SCHRIJFT, ziet=ZIET_STUK, **GEWOON)
doe("leerlingen:publiceren", SCHRIJFT, ziet=ZIET_STUK, **GEWOON)
doe("leerlingen:publiceren", SCHRIJFT, ziet=ZIET_STUK | {"extern"}, stuk_id="stuk_extern")
doe("leerlingen:zicht", SCHRIJFT, ziet=ZIET_STUK, **GEWOON, data={"vertrouwelijkheid": "gewoon"})
kijk("leerlingen:vaststellen", SCHRIJFT, ziet=ZIET_STUK, status=(200, 302), **GEWOON)
doe("leerlingen:vaststellen", SCHRIJFT, ziet=ZIET_STUK, status=(302, 409), ook_kijken=True, **GEWOON)
doe("leerlingen:aanvullen", SCHRIJFT, ziet=ZIET_STUK, stuk_id="gedeeld", status=(302, 403), data={"tekst": "Erbij"},
    anna=302, carla=302, dora=302, vervanger=403, rt=403, duo=403)  # fmt: skip
doe("leerlingen:bijlage_toevoegen", SCHRIJFT, ziet=ZIET_STUK, status=422, **GEWOON)
doe("leerlingen:toegang_geven", VERLEENT, ziet=ZIET_STUK, stuk_id="notitie",
    data={"aan": "@bas", "tot": "2026-12-01", "reden": "Advies"})  # fmt: skip
doe("leerlingen:toegang_intrekken", VERLEENT, recht_id="recht_extern")
kijk("leerlingen:bijlage", ZIET_STUK, bijlage_id="bijlage")
kijk("leerlingen:bijlage_intrekken", SCHRIJFT, ziet=ZIET_STUK, bijlage_id="bijlage")
doe("leerlingen:bijlage_intrekken", SCHRIJFT, ziet=ZIET_STUK, bijlage_id="bijlage", ook_kijken=True)
doe("leerlingen:antwoord", SCHRIJFT, ziet=ZIET_STUK, document_id="document",
    data={"sectie": "notitie", "vraag": "titel", "tekst": "Titel", "versie": "0"})  # fmt: skip
doe("leerlingen:antwoord", SCHRIJFT_6A, ziet=ZIET_6A, document_id="document_groep",
    data={"sectie": "groep", "vraag": "aandachtspunten", "tekst": "Rust", "versie": "0"})  # fmt: skip

LEEST = frozenset({"anna", "duo", "carla", "dora"})
"""Who sees a confidential paper about a pupil of 6a."""
doe("leerlingen:ouderdeel_vragen", LEEST, document_id="extra.voorbereiding", data={"voor": "2026-11-20"})
doe("leerlingen:ouderdeel_vragen", SCHRIJFT, ziet=ZIET_STUK, status=409, document_id="document")
doe("leerlingen:ouderdeel_opgetekend", LEEST, status=409, ouderdeel_id="extra.ouderdeel")  # nothing was written down
doe("leerlingen:ouderdeel_intrekken", LEEST, ouderdeel_id="extra.ouderdeel")

doe("leerlingen:inzage_afhandelen", VERLEENT, verzoek_id="extra.inzageverzoek", data={"uitkomst": "kopie"})
doe("leerlingen:inzage_verlengen", VERLEENT, verzoek_id="extra.inzageverzoek", data={"reden": "Herfstvakantie"})
