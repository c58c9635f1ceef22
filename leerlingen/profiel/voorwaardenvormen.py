"""The shape of every voorwaarde: name and parameters. What it judges stands in `leerlingen.voorwaarden`.

A voorwaarde stands in a profile at a transition, a meeting kind, a paper or a level that must be rounded off.
`hard` blocks; `zacht` warns and may be passed with a written reason.
"""

from typing import Annotated, Final, Literal

from pydantic import Field

from leerlingen.profiel.basis import Aantal, Code, Jaargroep, Rol, Tekst, Voorwaardesoort, Vorm

Gesprekssoort = Literal["ouders", "kind", "ib", "specialist", "oogo", "triade"]
"""A talk on record: with the parents, the child, the intern begeleider or a specialist; *oogo* is the legal
consultation that aims at agreement (WPO 40a); *triade* is school, receiving school and parents (M-59)."""

Plansoort = Literal["groepsplan", "handelingsplan", "opp"]
Vooruitgang = Literal["voldoende", "onvoldoende"]


class _Voorwaarde(Vorm):
    soort: Voorwaardesoort
    wie: Rol | None = None
    """Who can satisfy it, where that is not the role that usually does."""
    toelichting: Tekst = ""


class SignaalVorm(_Voorwaarde):
    """There is a reason for care on record: at least one open signal."""

    naam: Literal["signaal"]


class BesprekingVorm(_Voorwaarde):
    """A meeting of this kind was held `aantal` times at this level and yielded what it must (K-119..K-121)."""

    naam: Literal["bespreking"]
    bespreking: Code
    aantal: Aantal = 1
    doel: bool = False
    geevalueerd: bool = False


class VooruitgangVorm(_Voorwaarde):
    """The last evaluation of this meeting kind says that progress was (not) enough (K-123, K-124)."""

    naam: Literal["vooruitgang"]
    bespreking: Code
    vooruitgang: Vooruitgang


class BesluitVorm(_Voorwaarde):
    """The last meeting of this kind decided this."""

    naam: Literal["besluit"]
    bespreking: Code
    besluit: Code


class ToestemmingVorm(_Voorwaarde):
    """Consent in writing for this purpose from whom the profile asks it (K-134, K-148, A-78, X-12)."""

    naam: Literal["toestemming"]
    toestemming: Code


class GesprekVorm(_Voorwaarde):
    """A talk was held at this level; with `of_rol` the asker's own role counts as that talk."""

    naam: Literal["gesprek"]
    gesprek: Gesprekssoort
    aantal: Aantal = 1
    binnen_weken: Aantal | None = None
    of_rol: Rol | None = None


class DocumentVorm(_Voorwaarde):
    """A paper is filled in completely, all parts or the named ones (K-133, K-146, K-151)."""

    naam: Literal["document"]
    document: Code
    delen: tuple[Aantal, ...] = ()


class PlanVorm(_Voorwaarde):
    """A plan of this kind exists, or the last one is evaluated (K-109, A-76)."""

    naam: Literal["plan"]
    plan: Plansoort
    geevalueerd: bool = False


class OnderzoekVorm(_Voorwaarde):
    """Research of this kind has a result (K-29, V: report of the CLB)."""

    naam: Literal["onderzoek"]
    onderzoek: Code


class OnderzoekMetOudersVorm(_Voorwaarde):
    """Every research result was discussed with the parents first (K-144, A-81)."""

    naam: Literal["onderzoek_met_ouders"]


class InstantieVorm(_Voorwaarde):
    """A body outside the school decided this, for example a referral or a placement (K-149, A-83)."""

    naam: Literal["instantie"]
    besluit: Code
    omschrijving: Tekst


class EigenLeerlijnVorm(_Voorwaarde):
    """The pupil has an own learning line (K-41)."""

    naam: Literal["eigen_leerlijn"]


class JaargroepVorm(_Voorwaarde):
    """The pupil is at least in this year group (K-30; the law knows no age limit, so only ever a warning)."""

    naam: Literal["jaargroep_vanaf"]
    jaargroep: Jaargroep


VoorwaardeVorm = Annotated[
    SignaalVorm
    | BesprekingVorm
    | VooruitgangVorm
    | BesluitVorm
    | ToestemmingVorm
    | GesprekVorm
    | DocumentVorm
    | PlanVorm
    | OnderzoekVorm
    | OnderzoekMetOudersVorm
    | InstantieVorm
    | EigenLeerlijnVorm
    | JaargroepVorm,
    Field(discriminator="naam"),
]

VORMEN: Final[tuple[type[_Voorwaarde], ...]] = (
    SignaalVorm,
    BesprekingVorm,
    VooruitgangVorm,
    BesluitVorm,
    ToestemmingVorm,
    GesprekVorm,
    DocumentVorm,
    PlanVorm,
    OnderzoekVorm,
    OnderzoekMetOudersVorm,
    InstantieVorm,
    EigenLeerlijnVorm,
    JaargroepVorm,
)
