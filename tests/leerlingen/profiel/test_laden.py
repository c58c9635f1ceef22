"""A profile that is wrong is refused with one sentence that names file, line and key."""

import json
import re

import pytest

from leerlingen.profiel import (
    INGEBOUWD,
    Profiel,
    ProfielFout,
    als_json,
    ingebouwde_tekst,
    laad_profiel,
    lees_ingebouwd,
    uit_json,
)

TEKST = ingebouwde_tekst("kogerveld")


def regel_met(tekst: str, stuk: str) -> int:
    assert tekst.count(stuk) >= 1, stuk
    return tekst[: tekst.index(stuk)].count("\n") + 1


def weiger(tekst: str | bytes) -> ProfielFout:
    with pytest.raises(ProfielFout) as gevangen:
        laad_profiel(tekst, naam="onze.toml")
    fout = gevangen.value
    assert fout.zin == str(fout)
    assert "\n" not in fout.zin and fout.zin.endswith(".")
    assert fout.zin.startswith("onze.toml, regel ")
    return fout


# (what stands there, what comes there, piece of the changed text whose line is named, key, piece of the reason)
FOUTEN = [
    (
        'band = "verwijzing"',
        'band = "laag"',
        None,
        "niveau[5].band",
        'is "laag", maar kies uit basis, extra, verwijzing',
    ),
    ('kort = "5"', 'kort = ""', None, "niveau[5].kort", "mag niet leeg zijn"),
    ("volgorde = 5", 'volgorde = "5"', None, "niveau[5].volgorde", "moet een heel getal zijn"),
    ("volgorde = 5", "volgorde = 3", None, "niveau[5].volgorde", "de volgorde moet per niveau hoger worden"),
    ('code = "5"', 'code = "4"', None, "niveau[4].code", "staat er al"),
    ('code = "5"', 'code = "Vijf"', None, "niveau[Vijf].code", "kleine letters"),
    (
        'bespreking = "groepsbespreking"',
        'bespreking = "praatje"',
        None,
        "niveau[1].bespreking",
        '"praatje" bestaat niet',
    ),
    ("zorgleerling = true", 'zorgleerling = "ja"', None, "niveau[2].zorgleerling", "moet true of false zijn"),
    ("zorgleerling = true", "zorgleering = true", None, "niveau[2].zorgleering", 'bedoelt u "zorgleerling"'),
    ('van = "4"\nnaar = "5"', 'van = "4"\nnaar = "6"', 'naar = "6"', "overgang[8].naar", 'niveau "6" bestaat niet'),
    (
        'van = "4"\nnaar = "5"',
        'van = "4"\nnaar = "4"',
        'naar = "4"\nwie = ["ib"]\nvoorwaarden = [\n  { naam = "bespreking", soort = "hard", bespreking = "bot" }',
        "overgang[8].naar",
        "gaat naar een ander niveau",
    ),
    (
        'van = "5"\nnaar = "4"',
        'van = "4"\nnaar = "3"',
        'naar = "3"\nwie = ["ib"]\nvoorwaarden = [{ naam',
        "overgang[15].naar",
        "de stap 4 naar 3 staat er al",
    ),
    (
        'wie = ["leerkracht", "ib", "directeur"]',
        'wie = ["juf"]',
        None,
        "overgang[1].wie[1]",
        'is "juf", maar kies uit ib',
    ),
    ('wie = ["leerkracht", "ib", "directeur"]', "wie = []", None, "overgang[1].wie", "heeft minstens 1 nodig"),
    (
        '{ naam = "toestemming", soort = "hard", toestemming = "bot" }',
        '{ naam = "toestemming", soort = "hard", toestemming = "bott" }',
        None,
        "toestemming",
        '"bott" bestaat niet',
    ),
    (
        '{ naam = "toestemming", soort = "hard", toestemming = "bot" }',
        '{ naam = "toestemmming", soort = "hard", toestemming = "bot" }',
        None,
        "voorwaarden",
        "kies uit",
    ),
    (
        '{ naam = "toestemming", soort = "hard", toestemming = "bot" }',
        '{ soort = "hard", toestemming = "bot" }',
        None,
        "voorwaarden",
        "zegt niet met 'naam'",
    ),
    (
        '{ naam = "toestemming", soort = "hard", toestemming = "bot" }',
        '{ naam = "toestemming", soort = "streng", toestemming = "bot" }',
        None,
        "soort",
        "kies uit hard, zacht",
    ),
    (
        '{ naam = "toestemming", soort = "hard", toestemming = "bot" }',
        '{ naam = "toestemming", soort = "hard" }',
        None,
        "toestemming",
        "ontbreekt",
    ),
    (
        '{ naam = "besluit", soort = "hard", bespreking = "sot", besluit = "naar_bot" }',
        '{ naam = "besluit", soort = "hard", bespreking = "sot", besluit = "weg" }',
        None,
        "besluit",
        'kent geen besluit "weg"',
    ),
    ("delen = [1, 2]", "delen = [1, 3]", None, "delen", "heeft geen deel 3"),
    (
        '{ naam = "jaargroep_vanaf", soort = "zacht"',
        '{ naam = "jaargroep_vanaf", soort = "hard"',
        None,
        "soort",
        "de wet kent geen leeftijdsgrens",
    ),
    (
        'voorzitter = "directeur"',
        'voorzitter = "burgemeester"',
        None,
        "bespreking[bot].voorzitter",
        '"burgemeester" is geen lid',
    ),
    (
        'notulist = ["specialist_taal", "specialist_rekenen"',
        'notulist = ["specialist_tal", "specialist_rekenen"',
        None,
        "bespreking[sot].notulist[1]",
        '"specialist_tal" is geen lid',
    ),
    (
        'toestemming_extern = "bot"\n',
        "",
        '[[bespreking]]\ncode = "bot"',
        "bespreking[bot].toestemming_extern",
        "iemand van buiten de school",
    ),
    (
        'toestemming_extern = "bot"',
        'toestemming_extern = "bto"',
        None,
        "bespreking[bot].toestemming_extern",
        '"bto" bestaat niet',
    ),
    (
        "Aan tafel zitten: {deelnemers}.",
        "Er komen mensen.",
        'toestemming_extern = "bot"',
        "bespreking[bot].toestemming_extern",
        "{deelnemers}",
    ),
    (
        'vraag = "Mogen wij {leerling} bespreken',
        'vraag = "Mogen wij {kind} bespreken',
        None,
        "toestemmingen[bot].vraag",
        "{kind} is geen plaatshouder",
    ),
    (
        'vak = "rekenen"',
        'vak = "rekenn"',
        None,
        "bespreking[sot].leden[specialist_rekenen].vak",
        '"rekenn" bestaat niet',
    ),
    ("per_jaar = 8", "per_jaar = 80", None, "bespreking[sot].per_jaar", "mag hoogstens 60 zijn"),
    (
        "duur_minuten = 30\nvooraf",
        "duur_minuten = 20\nvooraf",
        'agendastappen = [\n  { code = "inbreng"',
        "bespreking[leerlingbespreking].agendastappen",
        "duren samen langer",
    ),
    (
        '{ soort = "laatste_schoolweek" }',
        '{ soort = "laatste_week" }',
        None,
        "jaarcyclus[juni_presentatie].tijdstip",
        "kies uit",
    ),
    (
        '{ soort = "maand", maand = 9 }',
        '{ soort = "maand", maand = 13 }',
        None,
        "jaarcyclus[september_bespreking].tijdstip.maand",
        "hoogstens 12",
    ),
    (
        'niveaus = ["IV", "V"]',
        'niveaus = ["IV", "VI"]',
        None,
        "signalering[score_iv_v].niveaus[2]",
        'kent geen niveau "VI"',
    ),
    (
        "ondergrens_percentiel = [80.0, 60.0, 40.0, 20.0, 0.0]",
        "ondergrens_percentiel = [80.0, 60.0]",
        None,
        "schalen[i_v].ondergrens_percentiel",
        "voor elk niveau een ondergrens",
    ),
    (
        'code = "inzageverzoek"',
        'code = "inzage_verzoek"',
        "[[termijnen]]",
        "termijnen",
        'de termijn "inzageverzoek" ontbreekt',
    ),
    (
        'code = "notitie"\nnaam = "Notitie"\nsoort',
        'code = "aantekening"\nnaam = "Notitie"\nsoort',
        "[[documenten]]",
        "documenten",
        'het document "notitie" ontbreekt',
    ),
    (
        'soort = "keuze", keuzes = ["ja", "gedeeltelijk", "nee"]',
        'soort = "keuze"',
        None,
        "keuzes",
        "een keuzevraag heeft keuzes nodig",
    ),
    (
        'soort = "keuze", keuzes = ["ja", "gedeeltelijk", "nee"]',
        'soort = "keuzes", keuzes = ["ja", "gedeeltelijk", "nee"]',
        None,
        "documenten[groepsplan].secties[evaluatie].vragen[doel_gehaald].soort",
        'is "keuzes", maar kies uit tekst, lang, datum, keuze',
    ),
    (
        'keuzes = ["ja", "gedeeltelijk", "nee"]',
        'keuzes = ["ja", "nee", "ja"]',
        None,
        "keuzes",
        "een keuze staat er twee keer",
    ),
    (
        'soort = "getal", minimum = 0, maximum = 10',
        'soort = "lang", minimum = 0',
        "van 0 tot 10?",
        "minimum",
        "alleen een getal heeft een minimum",
    ),
    (
        "minimum = 0, maximum = 10",
        "minimum = 10, maximum = 0",
        "van 0 tot 10?",
        "maximum",
        "het maximum ligt boven het minimum",
    ),
    (
        'wie = "leerkracht", termijn = "evaluatie_handelingsplan"',
        'wie = "leerkracht", termijn = "ooit"',
        None,
        "documenten[handelingsplan].vervolg[evaluatie].termijn",
        'termijn "ooit" bestaat niet',
    ),
    (
        'op = "plan.evaluatie_op"',
        'op = "plan.evaluatiewijze"',
        "Handelingsplan evalueren",
        "documenten[handelingsplan].vervolg[evaluatie].op",
        'de vraag "plan.evaluatiewijze" is geen datum',
    ),
    (
        ', klaar = "onderzoek.besluit"',
        "",
        "Dossieropbouw dyslexie afronden",
        "documenten[dyslexiedossier].vervolg[dossieropbouw]",
        "zeg met klaar of met papier wanneer het gedaan is",
    ),
    (
        'antwoord = ["samen een andere school zoeken"]',
        'antwoord = ["weigeren"]',
        None,
        "bij.antwoord",
        'de vraag "afweging.advies" kent dit antwoord niet',
    ),
    (
        'beginwaarde = ["meer tijd bij toetsen"]',
        'beginwaarde = ["altijd gelijk krijgen"]',
        None,
        "beginwaarde",
        "een beginwaarde is een van de keuzes",
    ),
    (
        'bron = "plan_vorige_evaluatie" },\n  { code = "aandachtspunten"',
        'bron = "glazen_bol" },\n  { code = "aandachtspunten"',
        None,
        "documenten[groepsplan].secties[groep].vragen[vorige_evaluatie].bron",
        'is "glazen_bol"',
    ),
    (
        'naar = ["bespreken", "definitief"]',
        'naar = ["bespreken", "af"]',
        None,
        "documenten[groepsplan].statussen[concept].naar[2]",
        '"af" kan hier niet op volgen',
    ),
    ('land = "NL"', 'land = "FR"', None, "land", "kies uit NL, BE, AW"),
    ('ouder = "ouder"\n', "", "[begrippen.rollen]", "begrippen.rollen.ouder", "ontbreekt"),
    ("schemaversie = 1", "schemaversie = 2", None, "schemaversie", "nieuwer programma"),
    ("schemaversie = 1", 'schemaversie = "1"', None, "schemaversie", "heel getal"),
    ("schemaversie = 1\n", "", None, "schemaversie", "ontbreekt"),
]


@pytest.mark.parametrize(("oud", "nieuw", "plaats", "sleutel", "reden"), FOUTEN)
def test_een_fout_noemt_regel_en_sleutel(oud: str, nieuw: str, plaats: str | None, sleutel: str, reden: str) -> None:
    assert oud in TEKST, oud
    tekst = TEKST.replace(oud, nieuw, 1)
    fout = weiger(tekst)
    assert sleutel in fout.sleutel, fout.zin
    assert reden in fout.reden, fout.zin
    if plaats is None and not nieuw:
        regel = 1
    elif plaats is None:
        regel = TEKST[: TEKST.index(oud)].count("\n") + 1
        verschil = next((i for i, (a, b) in enumerate(zip(oud, nieuw, strict=False)) if a != b), 0)
        regel += oud[:verschil].count("\n")
    else:
        regel = regel_met(tekst, plaats)
    assert fout.regel == regel, fout.zin


def test_de_hele_zin() -> None:
    fout = weiger(TEKST.replace('band = "verwijzing"', 'band = "laag"', 1))
    regel = regel_met(TEKST, 'band = "verwijzing"')
    assert (
        fout.zin
        == f'onze.toml, regel {regel}, sleutel niveau[5].band: is "laag", maar kies uit basis, extra, verwijzing.'
    )


def test_de_eerste_fout_wordt_genoemd_en_de_andere_geteld() -> None:
    tekst = TEKST.replace('band = "verwijzing"', 'band = "laag"', 1).replace('land = "NL"', 'land = "FR"', 1)
    fout = weiger(tekst)
    assert fout.sleutel == "land"
    assert fout.reden.endswith("(en nog 1 fout)")


@pytest.mark.parametrize(
    ("tekst", "regel"),
    [
        ("a = 1\nb = \n", 2),
        ("a = 1\na = 2\n", 2),
        ('a = "open\n', 1),
        ("[tabel\n", 1),
        ("", 1),
        ("a = [1, 2", 1),
    ],
)
def test_geen_toml(tekst: str, regel: int) -> None:
    assert weiger(tekst).regel == regel


def test_een_tabel_die_twee_keer_staat() -> None:
    assert "staat er twee keer" in weiger("x = 1\n[a]\n[a]\n").zin


def test_grenzen() -> None:
    assert "groter dan" in weiger("# " + "x" * (600 * 1024)).zin
    assert "genest" in weiger("a = " + "[" * 5000 + "]" * 5000).zin
    assert "genest" in weiger("a = " + "[" * 20 + "]" * 20).zin
    assert "UTF-8" in weiger(b"a = 1\nb = '\xff'\n").zin
    assert weiger(b"a = 1\nb = '\xff'\n").regel == 2
    assert "oneindig" in weiger(TEKST.replace("deel_van_verwacht = 0.75", "deel_van_verwacht = nan")).zin


def test_bom_en_windows_regeleinden_mogen() -> None:
    profiel = laad_profiel(("\ufeff" + TEKST.replace("\n", "\r\n")).encode(), naam="windows.toml")
    assert profiel.code == "kogerveld"
    fout = weiger(("\ufeff" + TEKST.replace('land = "NL"', 'land = "FR"').replace("\n", "\r\n")).encode())
    assert fout.regel == regel_met(TEKST, 'land = "NL"')


@pytest.mark.parametrize("code", INGEBOUWD)
def test_opslaan_en_teruglezen(code: str) -> None:
    profiel = lees_ingebouwd(code)
    inhoud = json.loads(json.dumps(als_json(profiel)))
    assert uit_json(inhoud) == profiel


def test_opgeslagen_inhoud_die_niet_klopt_noemt_de_sleutel() -> None:
    inhoud = als_json(lees_ingebouwd("kogerveld"))
    inhoud["niveau"][4]["band"] = "laag"
    with pytest.raises(ProfielFout) as gevangen:
        uit_json(inhoud)
    assert re.fullmatch(r"de procedure van de school, sleutel niveau\[5\]\.band: is .*\.", gevangen.value.zin)


def test_een_profiel_is_bevroren() -> None:
    profiel: Profiel = lees_ingebouwd("kogerveld")
    with pytest.raises(ValueError, match="frozen"):
        profiel.naam = "anders"  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        profiel.niveau[0].kort = "x"  # type: ignore[misc]


def test_onbekend_ingebouwd_profiel() -> None:
    with pytest.raises(KeyError):
        lees_ingebouwd("../../etc/passwd")


def test_een_getal_van_duizenden_cijfers() -> None:
    """Python refuses to read it, and not as a fault of TOML; the reader gets file and line all the same."""
    with pytest.raises(ProfielFout) as fout:
        laad_profiel(f'naam = "x"\nschemaversie = {"9" * 5000}\n', naam="lang.toml")
    assert fout.value.zin == "lang.toml, regel 2: een getal is te lang om te lezen."
