"""The errors that people may read, and those that only programmers should ever meet."""


class DomeinFout(Exception):
    """A rule of the school's procedure was broken; `zin` is one Dutch sentence that says what and what now.

    `link` is the address of what would make it possible, if there is one.
    """

    def __init__(self, zin: str, *, link: str | None = None) -> None:
        super().__init__(zin)
        self.zin = zin
        self.link = link


class Verouderd(DomeinFout):
    """Somebody else wrote in between; `huidig` is what stands there now (ontwerp §6: 409 with both texts)."""

    def __init__(self, zin: str, *, huidig: dict[str, object]) -> None:
        super().__init__(zin)
        self.huidig = huidig


class GeenToegangscontrole(RuntimeError):
    """A restricted queryset was evaluated without saying for whom. Always a programming error."""


class GeenSchoolcontext(RuntimeError):
    """A school's table was read or written while no school is set. Always a programming error."""
