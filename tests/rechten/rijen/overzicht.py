"""Rows: today, search, logbook. What they show is decided by the rule; the pages are for everyone with a role."""

from tests.rechten.matrix import ELDERS, INGELOGD, NEEMT_MEE, OUDERS, ZONDER_SCHOOL, doe, kijk

kijk("overzicht:vandaag", INGELOGD, dirk=302, ouder_ander=302, beheerder=302)
doe("overzicht:taak_klaar", {"anna", "duo", "vervanger"}, taak_id="extra.taak")
kijk("overzicht:zoeken", INGELOGD, zoek="?q=bram")
kijk("overzicht:logboek", INGELOGD - OUDERS - ZONDER_SCHOOL)

# who stands before a group or leads the care; whom it shows is decided by the rule (tests/overzicht/test_zorgbord.py)
ZORGBORD = NEEMT_MEE | {"bas", "vervanger"} | ELDERS
kijk("overzicht:zorgbord", ZORGBORD)
kijk("overzicht:zorgbord_excel", ZORGBORD - {"vervanger"}, ziet={"vervanger"})
