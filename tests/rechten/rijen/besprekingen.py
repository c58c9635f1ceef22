"""Rows: meetings, the care route of one pupil, the calendar."""

from tests.rechten.matrix import (
    ELDERS,
    INGELOGD,
    NEEMT_MEE,
    SCHRIJFT_6A,
    SCHRIJFT_BRAM,
    STAF,
    VERLEENT,
    ZIET_6A,
    ZIET_BRAM,
    buiten_beeld,
    doe,
    kijk,
)

RIJ = {"bespreking_id": "extra.bespreking"}
PUNT = {"punt_id": "extra.punt"}
BRAM = {"leerling_id": "bram"}
EVALUATIE = {"evaluatie_id": "extra.evaluatie"}
LEEST = frozenset({"anna", "duo", "carla", "dora"})
"""Who sees confidential minutes of Bram by relation: not the substitute, nor who works with one pupil."""

kijk("besprekingen:lijst", INGELOGD)
kijk("besprekingen:plannen", {"anna", "duo", "bas", "carla", "dora", "leerkracht_anders", "ib_anders"}, anders=403)
doe(
    "besprekingen:plannen",
    {"anna", "duo", "bas", "carla", "dora", "leerkracht_anders", "ib_anders"},
    anders=403,
    ook_kijken=True,
    status=422,
)
kijk("besprekingen:bespreking", ZIET_6A, **RIJ)
doe("besprekingen:uitnodigen", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ)
kijk("besprekingen:inbrengen", ZIET_6A, **RIJ)
doe("besprekingen:inbrengen", ZIET_6A, **RIJ, data={"leerling": 0}, status=422, ook_kijken=True)
doe("besprekingen:zonder_naam", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ, data={"onderwerp": "Casus"})
doe("besprekingen:onderwerp", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ, data={"onderwerp": "Rust in de groep"})
doe("besprekingen:afspraak", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ, status=422)
kijk("besprekingen:bespreking", VERLEENT, bespreking_id="extra.mt")
doe("besprekingen:onderwerp", VERLEENT, bespreking_id="extra.mt", data={"onderwerp": "Formatie"})
kijk("besprekingen:leden", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ)
doe("besprekingen:leden", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ, data={"persoon": 0}, status=422, ook_kijken=True)
doe("besprekingen:leiding", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ, status=409)
doe("besprekingen:deelnemer_weg", SCHRIJFT_6A, ziet=ZIET_6A, deelnemer_id="extra.deelnemer")
kijk("besprekingen:verzetten", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ)
doe(
    "besprekingen:verzetten",
    SCHRIJFT_6A,
    ziet=ZIET_6A,
    **RIJ,
    data={"dag": "2026-11-02", "tijd": "15:15"},
    ook_kijken=True,
)
kijk("besprekingen:houden", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ)
doe("besprekingen:houden", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ, ook_kijken=True)
doe("besprekingen:afzeggen", SCHRIJFT_6A, ziet=ZIET_6A, **RIJ, data={"reden": "Ziek"})
kijk("besprekingen:oudergesprekken", SCHRIJFT_6A, ziet=ZIET_6A, groep_id="groep_6a")
doe("besprekingen:groepsbespreking", SCHRIJFT_6A, ziet=ZIET_6A, groep_id="groep_6a")

doe("besprekingen:doel", LEEST, **PUNT, data={"doel": "Lezen", "voor": "2026-11-20"})
doe("besprekingen:besluit", LEEST, **PUNT, data={"besluit": "x"}, status=409)
doe("besprekingen:actie", LEEST, **PUNT, status=422)
doe("besprekingen:ouders_vragen", LEEST, **PUNT, status=409)  # a group meeting asks nothing of parents
doe("besprekingen:punt_weg", LEEST, **PUNT, status=409)
kijk("besprekingen:buiten", VERLEENT, ziet=LEEST, **PUNT)
doe("besprekingen:buiten", VERLEENT, ziet=LEEST, **PUNT, data={"persoon": 0}, status=422, ook_kijken=True)
doe("besprekingen:meelezen", VERLEENT, ziet=LEEST, **PUNT)
doe("besprekingen:actie_klaar", LEEST, actie_id="extra.actie")
kijk("besprekingen:evalueren", LEEST, **EVALUATIE)
doe("besprekingen:evalueren", LEEST, **EVALUATIE, ook_kijken=True, status=422)
doe("besprekingen:doel_weg", LEEST, **EVALUATIE)

kijk("besprekingen:leerling", ZIET_BRAM, **BRAM)
kijk("besprekingen:zorg", ZIET_BRAM, **BRAM)
kijk("besprekingen:nieuw", SCHRIJFT_BRAM, ziet=ZIET_BRAM, **BRAM)
doe("besprekingen:nieuw", SCHRIJFT_BRAM, ziet=ZIET_BRAM, **BRAM, ook_kijken=True, status=422)
# whoever may write sees the gate; who may not decide is told so on the page
doe("besprekingen:niveau", SCHRIJFT_BRAM, ziet=ZIET_BRAM, **BRAM, data={"naar": "3"}, status=422)
kijk("besprekingen:gesprek", SCHRIJFT_BRAM, ziet=ZIET_BRAM, **BRAM)
doe("besprekingen:gesprek", SCHRIJFT_BRAM, ziet=ZIET_BRAM, **BRAM, ook_kijken=True, status=422)
kijk("besprekingen:vragen", SCHRIJFT_BRAM, ziet=ZIET_BRAM, **BRAM)
doe("besprekingen:vragen", SCHRIJFT_BRAM, ziet=ZIET_BRAM, **BRAM, ook_kijken=True, status=422)
kijk("besprekingen:onderzoek", VERLEENT, ziet=ZIET_BRAM, **BRAM)
doe("besprekingen:onderzoek", VERLEENT, ziet=ZIET_BRAM, **BRAM, ook_kijken=True, status=422)
kijk("besprekingen:uitslag", LEEST, onderzoek_id="extra.onderzoek")
doe("besprekingen:uitslag", LEEST, onderzoek_id="extra.onderzoek", ook_kijken=True)
kijk("besprekingen:instantie", VERLEENT, ziet=ZIET_BRAM, **BRAM)
doe("besprekingen:instantie", VERLEENT, ziet=ZIET_BRAM, **BRAM, ook_kijken=True, status=422)
kijk("besprekingen:rapport", NEEMT_MEE, ziet=ZIET_BRAM, **BRAM)
doe("besprekingen:rapport", NEEMT_MEE, ziet=ZIET_BRAM, **BRAM, ook_kijken=True)
kijk("besprekingen:rapport_stand", LEEST, rapport_id="extra.rapport")
doe("besprekingen:op_papier", VERLEENT, ziet=ZIET_BRAM - {"specialist"}, toestemming_id="toestemming", status=409)

kijk("agenda:kalender", INGELOGD)
kijk("agenda:jaar", {"carla", "dora", "ib_anders"}, anders=403)
doe("agenda:jaar", {"carla", "dora", "ib_anders"}, anders=403, ook_kijken=True)
TEAM = STAF | ELDERS
RICHT_IN = {"carla", "dora", "beheerder"}
STUDIEDAG = {"soort": "studiedag", "naam": "Studiedag", "van": "2027-03-10"}
kijk("agenda:vrij", TEAM | {"beheerder"}, anders=403)
doe("agenda:vrij", RICHT_IN | {"ib_anders"}, anders=403, ook_kijken=True)
kijk("agenda:vrij_erbij", RICHT_IN | {"ib_anders"}, anders=403)
doe("agenda:vrij_erbij", RICHT_IN | {"ib_anders"}, anders=403, ook_kijken=True, data=STUDIEDAG)
for adres in ("agenda:vrij_wijzigen", "agenda:vrij_weg"):
    kijk(adres, RICHT_IN, ziet=INGELOGD - RICHT_IN - ELDERS - {"vertrokken"}, vrij_id="extra.vrij")
    doe(
        adres,
        RICHT_IN,
        ziet=INGELOGD - RICHT_IN - ELDERS - {"vertrokken"},
        vrij_id="extra.vrij",
        ook_kijken=True,
        data=STUDIEDAG,
    )
kijk("agenda:vergadertijden", RICHT_IN | {"ib_anders"}, anders=403)
doe("agenda:vergadertijden", RICHT_IN | {"ib_anders"}, anders=403, ook_kijken=True, status=422, data={"per_dag": "0"})
buiten_beeld("agenda:abonnement", "a feed with a secret in its address, for programs; tests/agenda asks it as everyone")
