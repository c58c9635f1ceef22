"""Thirty of everything on the pages of meetings: for counting what they ask of the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from besprekingen import services
from leerlingen import services as leerlingservices
from tests.bouw import Bezetting, fabriek
from zorg.kern import klok
from zorg.kern.schoolcontext import schoolcontext


def op_de_agenda(b: Bezetting, nummers: range) -> None:
    """Pupils on the agenda of the meeting of the cast, members at its table, goals and agreements about Bram."""
    bespreking: Any = b.extra["bespreking"]
    punt: Any = b.extra["punt"]
    ib = b.carla.gebruiker
    dag = klok.vandaag(b.kogerveld)
    with schoolcontext([b.kogerveld]):
        services.besluit_nemen(punt=punt, code="naar_leerlingbespreking", door=ib)
        for n in nummers:
            kind = fabriek.leerling(b.kogerveld, f"Kind{n}", groep=b.groep_6a)
            fabriek.ouder(b.kogerveld, f"Ouder{n}", kind)
            eigen = services.leerling_inbrengen(bespreking=bespreking, leerling=kind, door=ib)
            services.doel_stellen(punt=eigen, doel="Lezen", voor=dag + timedelta(days=20), door=ib)
            collega = fabriek.lid(b.kogerveld, f"Collega{n}", "leerkracht")
            services.deelnemer_toevoegen(bespreking=bespreking, persoon=collega.persoon, door=ib)
            fabriek.lid(b.kogerveld, f"Buiten{n}", "extern", functie="Logopedist")
            for over in (punt, eigen):
                services.actiepunt_toevoegen(
                    bespreking=bespreking, punt=over, onderwerp="Lezen", stap=f"Stap {n}", wie=collega.persoon,
                    voor=dag + timedelta(days=n), door=ib,
                )  # fmt: skip
            services.doel_stellen(punt=punt, doel=f"Doel {n}", voor=dag + timedelta(days=30), door=ib)


def om_de_leerling(b: Bezetting, nummers: range) -> None:
    """Meetings, talks, research, decisions outside, consents, notes and reports about Bram."""
    ib = b.carla.gebruiker
    nu, dag = klok.nu(), klok.vandaag(b.kogerveld)
    with schoolcontext([b.kogerveld]):
        for n in nummers:
            bespreking = services.bespreking_plannen(
                school=b.kogerveld, soort="leerlingbespreking", begin=nu - timedelta(days=n + 1), leerling=b.bram,
                sleutel=f"groei:{n}", door=ib,
            )  # fmt: skip
            punt = bespreking.agendapunten.systeemtoegang(reden="groei").get()
            services.doel_stellen(punt=punt, doel=f"Doel {n}", voor=dag + timedelta(days=10), door=ib)
            services.besluit_nemen(punt=punt, code="doorgaan", door=ib)
            services.gesprek_vastleggen(leerling=b.bram, soort="ouders", op=dag, titel=f"Gesprek {n}", door=ib)
            services.onderzoek_aanvragen(leerling=b.bram, soort="pdo", uitvoerder=f"Praktijk {n}", door=ib)
            services.instantiebesluit_vastleggen(
                leerling=b.bram, besluit="tlv", instantie=f"Loket {n}", op=dag, door=ib
            )
            stuk = fabriek.notitie(b.bram, ib, titel=f"Stuk {n}")
            vraag = services.toestemming_vragen(
                leerling=b.bram, doel="extern_betrekken", deelnemers="iemand", stukken=[stuk], tot=None, op=None,
                door=ib,
            )  # fmt: skip
            leerlingservices.toestemming_beantwoorden(
                toestemming=vraag, keuze="ja", opmerking="", tekstversie=vraag.tekstversie, namens=b.dirk.persoon,
                door=ib,
            )  # fmt: skip


def in_de_kalender(b: Bezetting, nummers: range) -> None:
    """Groups with a teacher, and a meeting to come of each, with its minutes; every other one called off later."""
    ib = b.carla.gebruiker
    with schoolcontext([b.kogerveld]):
        for n in nummers:
            groep = leerlingservices.groep_zorgen(
                school=b.kogerveld, schooljaar=b.jaar, naam=f"3-{n}", soort="stamgroep", jaargroep="3", door=None
            )
            juf = fabriek.lid(b.kogerveld, f"Juf{n}", "leerkracht")
            leerlingservices.toewijzen(persoon=juf.persoon, groep=groep, door=None)
            kind = fabriek.leerling(b.kogerveld, f"Kalender{n}", groep=groep)
            bespreking = services.bespreking_plannen(
                school=b.kogerveld, soort="groepsbespreking", begin=klok.nu() + timedelta(days=1, minutes=n),
                sleutel=f"kalender:{n}", groep=groep, door=ib,
            )  # fmt: skip
            services.leerling_inbrengen(bespreking=bespreking, leerling=kind, door=ib)
            leerlingservices.groep_zorgen(
                school=b.kogerveld, schooljaar=b.jaar, naam=f"4-{n}", soort="stamgroep", jaargroep="4", door=None
            )
