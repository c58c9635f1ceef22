"""Backup and restore of everything: the database as its owner, and the files of the dossiers, in one file.

`maak` writes it, `zet_terug` reads it; the form of the file stands in `vorm`, the programs of PostgreSQL in `pg`.
"""

from zorg.kern.reservekopie.maken import maak
from zorg.kern.reservekopie.terugzetten import Teruggezet, zet_terug
from zorg.kern.reservekopie.vorm import Kopiefout, Manifest

__all__ = ["Kopiefout", "Manifest", "Teruggezet", "maak", "zet_terug"]
