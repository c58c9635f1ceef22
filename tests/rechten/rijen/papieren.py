"""Rows: papers about a group and about the school."""

from tests.rechten.matrix import ELDERS, NEEMT_MEE, SCHRIJFT_6A, STAF, VERLEENT, ZIET_6A, doe, kijk

GROEP = {"document_id": "extra.groepspapier"}
CONCEPT = {"document_id": "extra.schoolpapier"}
BRIEF = {"document_id": "extra.brief"}
NOTULEN = {"document_id": "extra.notulen"}

kijk("papieren:school", STAF | ELDERS)
kijk("papieren:groep", ZIET_6A, groep_id="groep_6a")
kijk("papieren:groep", ELDERS, groep_id="groep_anders")
doe("papieren:beginnen", SCHRIJFT_6A, ziet={"specialist"}, data={"soort": "verbeterplan", "groep": "@groep_6a"})
# about the school: who leads the care there, each at their own; colleagues know that there are such papers
doe("papieren:beginnen", VERLEENT | {"ib_anders"}, ziet=STAF | {"leerkracht_anders"}, data={"soort": "toetsbrief"})

kijk("papieren:papier", ZIET_6A, **GROEP)
kijk("papieren:papier", VERLEENT, **CONCEPT)
kijk("papieren:papier", STAF, **BRIEF)
kijk("papieren:papier", VERLEENT, **NOTULEN)
kijk("papieren:papier", set(), document_id="document")  # about a pupil: a page of its own
kijk("papieren:pdf", NEEMT_MEE, ziet=ZIET_6A, **GROEP)
kijk("papieren:pdf", STAF, **BRIEF)
kijk("papieren:versies", SCHRIJFT_6A, ziet=ZIET_6A, **GROEP)
kijk("papieren:versies", VERLEENT, ziet=STAF, **BRIEF)
kijk("papieren:vaststellen", SCHRIJFT_6A, ziet=ZIET_6A, status=(200, 302), **GROEP)
doe("papieren:vaststellen", SCHRIJFT_6A, ziet=ZIET_6A, status=(302, 409), ook_kijken=True, **GROEP)
doe("papieren:heropenen", VERLEENT, ziet=STAF, status=409, **BRIEF)
doe("papieren:bijwerken", SCHRIJFT_6A, ziet=ZIET_6A, **GROEP)
doe("papieren:aanvullen", SCHRIJFT_6A, ziet=ZIET_6A, status=422, **GROEP)
doe("papieren:aanvullen", VERLEENT, ziet=STAF, data={"tekst": "De toets is een week later"}, **BRIEF)
doe("leerlingen:antwoord", VERLEENT, **CONCEPT,
    data={"sectie": "brief", "vraag": "toetsen", "tekst": "Cito", "versie": "0"})  # fmt: skip

BRIEF_M = {"schooljaar": "=2026-2027", "code": "=toetsbrief_m"}
kijk("papieren:activiteit", STAF | ELDERS, **BRIEF_M)
doe("papieren:activiteit_beginnen", VERLEENT | {"ib_anders"}, ziet=STAF | {"leerkracht_anders"}, **BRIEF_M)
