"""Step on: makes the environment that the commands run in, then becomes the command.

Runs on a bare Python 3.11 with the standard library only. It makes `.venv` from the locked requirements
(skipped while the lock is unchanged), adds the few system packages that WeasyPrint and the browser tests
need, and replaces itself by `_zorgpad.py` under the Python of `.venv`.
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

BIN = Path(__file__).resolve().parent
CHECKOUT = BIN.parent
VENV = CHECKOUT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
LOCK = CHECKOUT / "requirements" / "ontwikkeling.txt"
STEMPEL = VENV / ".zorgpad"

PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium-headless-shell", "chromium")
"""Either drives the browser tests; the first has no windows to draw and is quicker."""


def zeg(tekst: str) -> None:
    """Tell the person at the terminal; standard output belongs to the command itself."""
    print(tekst, file=sys.stderr, flush=True)


def stop(tekst: str) -> NoReturn:
    zeg(tekst)
    raise SystemExit(2)


def _laadbaar(bibliotheek: str) -> bool:
    try:
        ctypes.CDLL(bibliotheek)
    except OSError:
        return False
    return True


def wil_browser(opdracht: str, argumenten: list[str]) -> bool:
    """Say whether this call runs browser tests, so that Chromium is worth installing."""
    return opdracht == "test" and not {"--snel", "--acceptatie", "--help", "-h"} & set(argumenten)


def ontbrekende_pakketten(opdracht: str, argumenten: list[str]) -> list[str]:
    """List the Debian packages that this call needs and this machine lacks."""
    pakketten = [pakket for bibliotheek, pakket in PANGO.items() if not _laadbaar(bibliotheek)]
    if importlib.util.find_spec("ensurepip") is None and not VENV_PYTHON.exists():
        pakketten.append("python3-venv")
    if wil_browser(opdracht, argumenten) and not any(shutil.which(naam) for naam in BROWSERS):
        pakketten.append(BROWSERS[0])
    return pakketten


def _beheerder() -> list[str] | None:
    """The prefix with which apt may be called, or None when it may not."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def systeempakketten(opdracht: str, argumenten: list[str]) -> None:
    """Install what is missing, or print the one line that does and stop with status 2.

    `bin/manage` goes on without: only reports need these libraries, and they say so themselves.
    """
    pakketten = ontbrekende_pakketten(opdracht, argumenten)
    if not pakketten:
        return
    regel = "apt-get install -y --no-install-recommends " + " ".join(pakketten)
    beheerder = _beheerder()
    if beheerder is None:
        if opdracht == "manage" and "python3-venv" not in pakketten:
            zeg(f"Let op: voor PDF's ontbreekt iets op deze computer. Als beheerder: {regel}")
            return
        if pakketten == [BROWSERS[0]] and argumenten and "--lang" not in argumenten:
            zeg(f"Let op: browsertests kunnen niet zonder Chromium. Als beheerder: {regel}")
            return
        stop(f"Op deze computer ontbreken pakketten. Laat een beheerder dit uitvoeren: {regel}")
    zeg(f"Systeempakketten installeren: {' '.join(pakketten)} …")
    omgeving = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    installeer = ["install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
    opdrachten = [["update", "-q"], [*installeer, *pakketten]]
    if BROWSERS[0] in pakketten:  # not every mirror has it; then its bigger brother
        opdrachten.append([*installeer, *(p if p != BROWSERS[0] else BROWSERS[1] for p in pakketten)])
    with tempfile.TemporaryFile("w+") as uitvoer:
        for argumenten_apt in opdrachten:
            status = subprocess.run(
                [*beheerder, "apt-get", *argumenten_apt],
                stdin=subprocess.DEVNULL, stdout=uitvoer, stderr=subprocess.STDOUT, env=omgeving,
            ).returncode  # fmt: skip
            if status == 0 and argumenten_apt[0] == "install":
                break
        if status:
            uitvoer.seek(0)
            zeg(uitvoer.read()[-2000:])
            stop(f"De systeempakketten zijn niet geïnstalleerd. Voer zelf uit: {regel}")


def verwachte_stempel() -> str:
    """What `.venv` must have been made from: the lock, this place and this version of Python."""
    slot = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{slot}\n{VENV}\n{sys.version_info[0]}.{sys.version_info[1]}\n"


def slotregels(pakket: str) -> str:
    """The lines of the lock that pin one package with its hashes."""
    gevonden = re.search(rf"^{pakket}==.*?(?=^\S|\Z)", LOCK.read_text(), re.MULTILINE | re.DOTALL)
    if gevonden is None:
        stop(f"{pakket} staat niet in {LOCK.relative_to(CHECKOUT)}.")
    return gevonden[0]


def _voer_uit(opdracht: list[str], wat: str) -> None:
    klaar = subprocess.run(
        opdracht,
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if klaar.returncode:
        zeg(klaar.stdout[-4000:])
        stop(f"{wat} is niet gelukt. Is er verbinding met het internet? Probeer het daarna opnieuw.")


def _werkt(python: Path) -> bool:
    """Say whether this Python starts: a moved or half-made environment does not."""
    return python.exists() and subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def maak_omgeving() -> None:
    """Make or renew `.venv` so that it holds exactly the locked packages."""
    begin = time.monotonic()
    zeg("De omgeving klaarzetten (dat gebeurt alleen als er iets veranderd is) …")
    basis = getattr(sys, "_base_executable", sys.executable)
    oud = STEMPEL.read_text().splitlines() if STEMPEL.exists() else []
    elders = len(oud) == 3 and oud[1:] != verwachte_stempel().splitlines()[1:]
    STEMPEL.unlink(missing_ok=True)
    if elders or not _werkt(VENV_PYTHON):
        _voer_uit([basis, "-m", "venv", "--clear", str(VENV)], "De Python-omgeving maken")
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as regels:
            regels.write(slotregels("uv"))
            regels.flush()
            pip = [str(VENV_PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps"]
            _voer_uit([*pip, "--require-hashes", "-r", regels.name], "uv installeren")
    _voer_uit(
        # compiled now, once: bin/test alone starts Python a few hundred times
        [
            str(uv),
            "pip",
            "sync",
            "-q",
            "--compile-bytecode",
            "--require-hashes",
            "--python",
            str(VENV_PYTHON),
            str(LOCK),
        ],
        "De pakketten installeren",
    )
    STEMPEL.write_text(verwachte_stempel())
    zeg(f"De omgeving is klaar ({time.monotonic() - begin:.0f} s).")


def omgeving() -> None:
    """Make `.venv` when it is not what the lock says; one process at a time."""
    if VENV_PYTHON.exists() and STEMPEL.exists() and STEMPEL.read_text() == verwachte_stempel():
        return
    var = CHECKOUT / "var"
    try:
        var.mkdir(exist_ok=True)
        slot = (var / "omgeving.slot").open("w")
    except OSError as fout:
        stop(f"In {CHECKOUT} kan niet worden geschreven ({fout.strerror}); voer uit als eigenaar van die map.")
    with slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        if not (STEMPEL.exists() and STEMPEL.read_text() == verwachte_stempel()):
            maak_omgeving()


def hoofd(opdracht: str, argumenten: list[str]) -> NoReturn:
    systeempakketten(opdracht, argumenten)
    omgeving()
    # without bytecode each process would compile the program anew, two seconds of work; git ignores __pycache__
    for naam in ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(naam, None)
    os.environ["VIRTUAL_ENV"] = str(VENV)
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), str(BIN / "_zorgpad.py"), opdracht, *argumenten])


if __name__ == "__main__":
    try:
        hoofd(sys.argv[1], sys.argv[2:])
    except KeyboardInterrupt:
        sys.exit(130)
