"""Template tags and filters of every page (builtins: no `{% load %}` needed). Pure: they read no database.

Filters: datum, dag, dag_kort, tijd, moment, leeftijd, niveau_klasse, richting.
Tags: icoon, label, niveau, zorgtrap, periode, blader.
"""

from datetime import date, datetime, time

from django import template
from django.http import QueryDict
from django.templatetags.static import static
from django.utils import dateformat, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zorg.kern import klok
from zorg.kern.tekst import richting as tekstrichting

register = template.Library()

SOORTEN = frozenset({"", "goed", "let-op", "te-laat", "concept"})
_NIVEAUS = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5,
    "A": 1, "B": 2, "C": 3, "D": 4, "E": 5,
}  # fmt: skip


def _dag(waarde: object) -> date | None:
    """The calendar day of a date or moment, moments in the time zone of the school at hand."""
    if isinstance(waarde, datetime):
        return timezone.localtime(waarde).date() if timezone.is_aware(waarde) else waarde.date()
    return waarde if isinstance(waarde, date) else None


def _referentie(waarde: object) -> date:
    return _dag(waarde) or timezone.localtime(klok.nu()).date()


def _opgemaakt(waarde: object, referentie: object, opmaak: str) -> str:
    dag = _dag(waarde)
    if dag is None:
        return ""
    if dag.year != _referentie(referentie).year:
        opmaak += " Y"
    return dateformat.format(dag, opmaak)


@register.filter
def datum(waarde: object, referentie: object = None) -> str:
    """dinsdag 9 februari; with the year when that differs from the reference date's (today without one)."""
    return _opgemaakt(waarde, referentie, "l j F")


@register.filter
def dag(waarde: object, referentie: object = None) -> str:
    """9 februari; with the year when that differs from the reference date's (today without one)."""
    return _opgemaakt(waarde, referentie, "j F")


@register.filter
def dag_kort(waarde: object, referentie: object = None) -> str:
    """9 feb, for tables; with the year when that differs from the reference date's (today without one)."""
    return _opgemaakt(waarde, referentie, "j b")


@register.filter
def tijd(waarde: object) -> str:
    """15.15, of a time or a moment (a moment in the time zone of the school at hand)."""
    if isinstance(waarde, datetime) and timezone.is_aware(waarde):
        waarde = timezone.localtime(waarde)
    return waarde.strftime("%H.%M") if isinstance(waarde, datetime | time) else ""


@register.filter
def moment(waarde: object, referentie: object = None) -> str:
    """dinsdag 9 februari om 15.15."""
    if not isinstance(waarde, datetime):
        return ""
    return _("%(dag)s om %(tijd)s") % {"dag": datum(waarde, referentie), "tijd": tijd(waarde)}


@register.filter
def leeftijd(geboren: object, referentie: object = None) -> str:
    """Years and whole months at the reference date, as schools write it: 9;7. Empty before birth."""
    begin, eind = _dag(geboren), _referentie(referentie)
    if begin is None or eind < begin:
        return ""
    maanden = (eind.year - begin.year) * 12 + eind.month - begin.month - (eind.day < begin.day)
    return f"{maanden // 12};{maanden % 12}"


@register.filter
def niveau_klasse(waarde: object) -> str:
    """The colour class of a norm level: I+ to V- and A to E give n-1 to n-5, anything else none."""
    kaal = str(waarde or "").strip().upper().rstrip("+-−–")
    return f"n-{_NIVEAUS[kaal]}" if kaal in _NIVEAUS else ""


@register.filter
def richting(waarde: object) -> str:
    """Which way a text runs, for `dir`: ltr or rtl."""
    return tekstrichting(str(waarde or ""))


@register.simple_tag
def icoon(naam: str, titel: str = "") -> SafeString:
    """An icon of the sprite. Without a title it is decoration: the words stand beside it."""
    adres = static("beeld/iconen.svg")
    if titel:
        return format_html(
            '<svg class="icoon" role="img" aria-label="{}" focusable="false"><use href="{}#{}"></use></svg>',
            titel, adres, naam,
        )  # fmt: skip
    return format_html(
        '<svg class="icoon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', adres, naam
    )


@register.simple_tag
def label(tekst: object, soort: str = "") -> SafeString:
    """A label: words with one of four meanings (goed, let-op, te-laat, concept) or none.

    Raises TemplateSyntaxError for another meaning: a misspelt one would lose its colour unseen.
    """
    if soort not in SOORTEN:
        raise template.TemplateSyntaxError(f"label: onbekende soort {soort!r}")
    return format_html('<span class="{}">{}</span>', f"label {soort}".strip(), tekst)


@register.simple_tag
def niveau(waarde: object, *, vorig: bool = False, titel: str = "") -> SafeString:
    """A norm level as a letter in its colour; `vorig` steps back, a screen reader says `titel` first."""
    if waarde in (None, ""):
        return format_html(
            '<span class="zacht">–<span class="visually-hidden"> {}</span></span>',
            _("geen niveau"),
        )
    klassen = " ".join(deel for deel in ("n", niveau_klasse(waarde), "vorig" if vorig else "") if deel)
    vooraf = format_html('<span class="visually-hidden">{} </span>', titel) if titel else ""
    return format_html('<span class="{}">{}{}</span>', klassen, vooraf, waarde)


@register.simple_tag
def zorgtrap(stap: int, aantal: int, naam: object = "") -> SafeString:
    """The ladder of care levels: `stap` of `aantal` steps lit, and the level's own name beside it ("2a")."""
    treden = format_html_join("", '<i class="{}"></i>', (("aan" if n < stap else "",) for n in range(aantal)))
    zegt = _("Zorgniveau %(stap)s van %(aantal)s") % {"stap": naam or stap, "aantal": aantal}
    return format_html(
        '<span class="trap" role="img" aria-label="{}">{}</span> <span class="klein">{}</span>',
        zegt, treden, naam if naam != "" else stap,
    )  # fmt: skip


@register.simple_tag
def periode(begin: object, eind: object, referentie: object = None) -> str:
    """15 februari t/m 9 juli; both days included. Open ends read "vanaf" and "tot en met"."""
    van, tot = _dag(begin), _dag(eind)
    if van and tot:
        return _("%(van)s t/m %(tot)s") % {"van": dag(van, referentie), "tot": dag(tot, referentie)}
    if van:
        return _("vanaf %(van)s") % {"van": dag(van, referentie)}
    return _("tot en met %(tot)s") % {"tot": dag(tot, referentie)} if tot else ""


@register.simple_tag(takes_context=True)
def blader(context: template.Context, naam: str, waarde: object) -> str:
    """The present address with one parameter changed: querystring, with the name as a variable."""
    verzoek = context.get("request")
    velden = verzoek.GET.copy() if verzoek is not None else QueryDict(mutable=True)
    velden[naam] = str(waarde)
    return f"?{velden.urlencode()}"
