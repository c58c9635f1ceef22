"""Rows: today, search, logbook. What they show is decided by the rule; the pages are for everyone with a role."""

from tests.rechten.matrix import INGELOGD, OUDERS, ZONDER_SCHOOL, kijk

kijk("overzicht:vandaag", INGELOGD, dirk=302, ouder_ander=302, beheerder=302)
kijk("overzicht:zoeken", INGELOGD, zoek="?q=bram")
kijk("overzicht:logboek", INGELOGD - OUDERS - ZONDER_SCHOOL)
