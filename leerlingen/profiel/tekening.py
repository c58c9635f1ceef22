"""The route of a profile as a drawing: Mermaid for documents, and a list that reads without one (M-67)."""

from leerlingen.profiel.basis import BEGIN
from leerlingen.profiel.route import Overgang
from leerlingen.profiel.schema import Profiel


def route_mermaid(profiel: Profiel) -> str:
    """A Mermaid flow chart: every level, every arrow, on the arrow who decides; dashed is the way back."""
    regels = ["flowchart TD", f'  n_{BEGIN}(["Eerste plaatsing"])']
    regels += [f'  n_{n.code}["{n.kort} · {_veilig(n.naam)}"]' for n in profiel.niveaus_op_volgorde]
    for overgang in profiel.overgang:
        if not overgang.beeindigd:
            pijl = "-.->" if omlaag(profiel, overgang) else "-->"
            regels.append(f'  n_{overgang.van} {pijl}|"{_veilig(_wie(profiel, overgang))}"| n_{overgang.naar}')
    return "\n".join(regels) + "\n"


def route_lijst(profiel: Profiel) -> str:
    """The same as an indented list: per level its arrows, who decides, and on which conditions."""
    regels: list[str] = []
    kort = {n.code: n.kort for n in profiel.niveau} | {BEGIN: "eerste plaatsing"}
    for code in (BEGIN, *(n.code for n in profiel.niveaus_op_volgorde)):
        naam = "Eerste plaatsing" if code == BEGIN else f"{kort[code]}: {profiel.zoek_niveau(code).naam}"
        regels.append(f"- {naam}")
        for overgang in profiel.overgang:
            if overgang.van == code and not overgang.beeindigd:
                richting = "terug naar" if omlaag(profiel, overgang) else "naar"
                regels.append(f"  - {richting} {kort[overgang.naar]} — besluit: {_wie(profiel, overgang)}")
                for voorwaarde in overgang.voorwaarden:
                    details = voorwaarde.model_dump(exclude={"naam", "soort", "toelichting"}, exclude_defaults=True)
                    tekst = " ".join(f"{sleutel}={waarde}" for sleutel, waarde in details.items())
                    regels.append(f"    - {voorwaarde.soort}: {voorwaarde.naam} {tekst}".rstrip())
    return "\n".join(regels) + "\n"


def omlaag(profiel: Profiel, overgang: Overgang) -> bool:
    """Whether this arrow is a way back."""
    if overgang.van == BEGIN:
        return False
    return profiel.zoek_niveau(overgang.naar).volgorde < profiel.zoek_niveau(overgang.van).volgorde


def _wie(profiel: Profiel, overgang: Overgang) -> str:
    return " of ".join(profiel.rolnaam(rol) for rol in overgang.wie)


def _veilig(tekst: str) -> str:
    return tekst.replace('"', "'")
