"""Rows: meetings, the care route of one pupil, the calendar."""

from tests.rechten.matrix import (
    INGELOGD,
    NEEMT_MEE,
    SCHRIJFT_6A,
    SCHRIJFT_BRAM,
    VERLEENT,
    ZIET_6A,
    ZIET_BRAM,
    ZIET_STUK,
    doe,
    kijk,
)

RIJ = {"bespreking_id": "extra.bespreking"}
PUNT = {"punt_id": "extra.punt"}
BRAM = {"leerling_id": "bram"}

kijk("besprekingen:lijst", INGELOGD)
kijk("agenda:kalender", INGELOGD)
kijk("besprekingen:bespreking", ZIET_BRAM, **RIJ)
# whoever sees the meeting may try; the form knows only the pupils they may write about
doe("besprekingen:inbrengen", ZIET_BRAM, **RIJ, data={"leerling": 0}, status=422)
doe("besprekingen:verzetten", SCHRIJFT_6A, ziet=ZIET_BRAM, **RIJ, data={"dag": "2026-11-02", "tijd": "15:15"})
doe("besprekingen:houden", SCHRIJFT_6A, ziet=ZIET_BRAM, **RIJ)
doe("besprekingen:afzeggen", SCHRIJFT_6A, ziet=ZIET_BRAM, **RIJ, data={"reden": "Ziek"})
doe("besprekingen:groepsbespreking", SCHRIJFT_6A, ziet=ZIET_6A, groep_id="groep_6a")
doe("besprekingen:doel", SCHRIJFT_BRAM, ziet=ZIET_STUK, **PUNT, data={"doel": "Lezen", "voor": "2026-11-20"})
doe("besprekingen:besluit", SCHRIJFT_BRAM, ziet=ZIET_STUK, **PUNT, data={"besluit": "x"}, status=409)
doe("besprekingen:actie", SCHRIJFT_BRAM, ziet=ZIET_STUK, **PUNT, status=409)
doe("besprekingen:actie_klaar", SCHRIJFT_BRAM, ziet=ZIET_STUK, actie_id="extra.actie")
kijk("besprekingen:evalueren", SCHRIJFT_BRAM, ziet=ZIET_STUK, evaluatie_id="extra.evaluatie")
doe(
    "besprekingen:evalueren", SCHRIJFT_BRAM, ziet=ZIET_STUK, evaluatie_id="extra.evaluatie", ook_kijken=True, status=422
)
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
doe("besprekingen:rapport", NEEMT_MEE, ziet=ZIET_BRAM, **BRAM)
doe("besprekingen:op_papier", VERLEENT, ziet=ZIET_STUK, toestemming_id="toestemming", status=409)
kijk("besprekingen:rapport_stand", frozenset({"anna", "duo", "carla", "dora"}), rapport_id="extra.rapport")
