"""Rows: group plans."""

from tests.rechten.matrix import INGELOGD, SCHRIJFT_6A, SCHRIJFT_BRAM, ZIET_6A, ZIET_BRAM, doe, kijk

PLAN = {"plan_id": "extra.groepsplan"}

kijk("plannen:lijst", INGELOGD)
kijk("plannen:nieuw", INGELOGD)
kijk("plannen:plan", ZIET_6A, **PLAN)
kijk("plannen:pdf", ZIET_6A, **PLAN)
kijk("plannen:pdf", ZIET_6A, zoek="?naast=vorig", **PLAN)
doe("plannen:verplaatsen", SCHRIJFT_6A, ziet=ZIET_6A, leerling_id="bram", **PLAN, data={"arrangement": "basis"})
doe("plannen:verplaatsen", set(), ziet=ZIET_6A - SCHRIJFT_6A, leerling_id="chris", **PLAN)
# the procedure lets the teacher of the group say that it is ready, not the ib'er or the director
doe(
    "plannen:stand",
    SCHRIJFT_6A,
    ziet=ZIET_6A,
    **PLAN,
    status=(302, 409),
    data={"naar": "bespreken"},
    carla=403,
    dora=403,
)
doe("plannen:bijwerken", SCHRIJFT_6A, ziet=ZIET_6A, **PLAN)
kijk("plannen:intrekken", SCHRIJFT_6A, ziet=ZIET_6A, **PLAN)
doe("plannen:intrekken", SCHRIJFT_6A, ziet=ZIET_6A, **PLAN, ook_kijken=True, data={"reden": "Dubbel gemaakt"})
doe("plannen:reactie", ZIET_6A, **PLAN, data={"tekst": "Wat doet 6a met de tafels?"})  # K-172: the specialist asks
doe("plannen:checklist", SCHRIJFT_6A, ziet=ZIET_6A, **PLAN, status=409)  # the Kogerveldschool has no checklist
kijk("leerlingplannen:leerling", ZIET_BRAM, leerling_id="bram")
doe("plannen:beginnen", SCHRIJFT_BRAM, ziet=ZIET_BRAM, leerling_id="bram", data={"soort": "handelingsplan"})
