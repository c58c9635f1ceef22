"""Rows: what parents read. Staff have pages of their own; nobody reads along by rank."""

from tests.rechten.matrix import INGELOGD, doe, kijk

BRAM = {"leerling_id": "bram"}

kijk("portaal:begin", INGELOGD, ouder_ander=302)  # one child: straight to it
kijk("portaal:kind", {"dirk"}, **BRAM)
kijk("portaal:kind", {"ouder_ander"}, leerling_id="chris")
kijk("portaal:wie_keek", {"dirk"}, **BRAM)
kijk("portaal:stuk", {"dirk"}, stuk_id="gedeeld")
kijk("portaal:stuk", set(), stuk_id="notitie")
kijk("portaal:pdf", {"dirk"}, stuk_id="gedeeld")
kijk("portaal:pdf", set(), stuk_id="notitie")
kijk("portaal:bijlage", {"dirk"}, bijlage_id="bijlage")
kijk("portaal:toestemming", {"dirk"}, toestemming_id="toestemming")
doe("portaal:toestemming", {"dirk"}, toestemming_id="toestemming", ook_kijken=True,
    data={"keuze": "ja", "tekstversie": "1"})  # fmt: skip

DEEL = {"ouderdeel_id": "extra.ouderdeel"}
kijk("portaal:uw_deel", {"dirk"}, **DEEL)
doe("portaal:uw_deel_antwoord", {"dirk"}, **DEEL, data={"vraag": "thuis", "tekst": "Goed", "versie": "0"})
kijk("portaal:uw_deel_insturen", {"dirk"}, status=302, **DEEL)  # nothing was written yet
doe("portaal:uw_deel_insturen", {"dirk"}, status=409, ook_kijken=True, **DEEL)

kijk("portaal:gesprek", {"dirk"}, **BRAM)
doe("portaal:gesprek", {"dirk"}, ook_kijken=True, **BRAM, data={"waarover": "Lezen"})
kijk("portaal:inzage", {"dirk"}, **BRAM)
doe("portaal:inzage", {"dirk"}, ook_kijken=True, **BRAM)
