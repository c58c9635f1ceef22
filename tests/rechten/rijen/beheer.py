"""Rows: Beheer. The ib'er reads files in; people and settings are the administrator's and the director's."""

from tests.rechten.matrix import BEHEERT, doe, kijk

IB = {"carla", "ib_anders"}
INLEZEN = BEHEERT | IB
"""Each at their own school; the ib'er of De Anders reads in there."""

kijk("beheer:begin", INLEZEN)
kijk("beheer:school", BEHEERT, ziet=IB)
doe("beheer:school", BEHEERT, ziet=IB, ook_kijken=True, data={"naam": "De Kogerveld", "regio": "noord"})
doe("beheer:profiel", BEHEERT, ziet=IB, data={"profiel": "kogerveld"})
kijk("beheer:procedure", BEHEERT, ziet=IB)
doe("beheer:procedure", BEHEERT, ziet=IB, status=422, ook_kijken=True, data={"rol:ib": "zorgcoördinator"})
kijk("beheer:procedure_bestand", BEHEERT, ziet=IB)
kijk("beheer:procedure_inlezen", BEHEERT, ziet=IB)
doe("beheer:procedure_inlezen", BEHEERT, ziet=IB, status=422, ook_kijken=True)
kijk("beheer:procedure_nakijken", BEHEERT, ziet=IB, bestand_id="extra.procedurebestand")
doe("beheer:procedure_nakijken", BEHEERT, ziet=IB, bestand_id="extra.procedurebestand", ook_kijken=True)
kijk("beheer:mensen", BEHEERT, ziet=IB)
kijk("beheer:mens_erbij", BEHEERT, ziet=IB)
doe("beheer:mens_erbij", BEHEERT, ziet=IB, ook_kijken=True, data={"roepnaam": "Nieuw", "achternaam": "Hier"})
kijk("beheer:mens", BEHEERT, ziet=IB, persoon_id="bas")
kijk("beheer:mens", set(), ziet=IB, persoon_id="ib_anders")
doe(
    "beheer:mens",
    BEHEERT,
    ziet=IB,
    persoon_id="bas",
    ook_kijken=True,
    data={"roepnaam": "Bas", "achternaam": "Bedacht"},
)
doe("beheer:rol_geven", BEHEERT, ziet=IB, persoon_id="bas", data={"rol": "ict", "vanaf": "2026-11-03"})
doe("beheer:groep_geven", BEHEERT, ziet=IB, persoon_id="bas", data={"groep": "@groep_6a", "groepsrol": "leerkracht"})
kijk("beheer:rol_beeindigen", BEHEERT, ziet=IB, aanstelling_id="extra.aanstelling")
doe("beheer:rol_beeindigen", BEHEERT, ziet=IB, aanstelling_id="extra.aanstelling", ook_kijken=True)
kijk("beheer:toewijzing_beeindigen", BEHEERT, ziet=IB, toewijzing_id="extra.toewijzing")
doe("beheer:toewijzing_beeindigen", BEHEERT, ziet=IB, toewijzing_id="extra.toewijzing", ook_kijken=True)
doe("beheer:uitnodigen", BEHEERT, ziet=IB, persoon_id="bas")
kijk("beheer:account_sluiten", BEHEERT, ziet=IB, persoon_id="bas")
doe("beheer:account_sluiten", BEHEERT, ziet=IB, persoon_id="bas", ook_kijken=True)
kijk("beheer:inlezen", INLEZEN)
doe("beheer:inlezen", INLEZEN, status=422, ook_kijken=True)
kijk("beheer:inlezen_nakijken", BEHEERT | {"carla"}, bestand_id="extra.importbestand")
doe("beheer:inlezen_nakijken", BEHEERT | {"carla"}, bestand_id="extra.importbestand", ook_kijken=True)
LEIDT = {"carla", "dora"}
"""Whose parent somebody is, the administrator may not know."""
kijk("beheer:ouders_inlezen", LEIDT | {"ib_anders"})
doe("beheer:ouders_inlezen", LEIDT | {"ib_anders"}, status=422, ook_kijken=True)
kijk("beheer:ouders_sjabloon", LEIDT | {"ib_anders"})
kijk("beheer:ouders_nakijken", LEIDT, bestand_id="extra.ouderbestand")
doe("beheer:ouders_nakijken", LEIDT, bestand_id="extra.ouderbestand", ook_kijken=True)
kijk("beheer:groepen", INLEZEN)
kijk("beheer:groep_erbij", INLEZEN)
GROEP = {"naam": "6z", "schooljaar": "2026-2027", "jaargroep": "6", "soort": "stamgroep"}
doe("beheer:groep_erbij", INLEZEN, ook_kijken=True, data=GROEP)
kijk("beheer:leerling_erbij", INLEZEN)
KIND = {"roepnaam": "Nieuw", "achternaam": "Kind", "geboortedatum": "2016-05-05", "vanaf": "2026-11-03"}
doe("beheer:leerling_erbij", BEHEERT | {"carla"}, ib_anders=422, ook_kijken=True, data=KIND | {"groep": "@groep_6a"})
kijk("beheer:post", BEHEERT, ziet=IB)
kijk("beheer:bericht", BEHEERT, ziet=IB, bericht_id="extra.bericht")
doe("beheer:bericht", BEHEERT, ziet=IB, bericht_id="extra.bericht", ook_kijken=True, status=(302, 409))
