"""The commands of bin/, once the environment is there; `_opstap.py` calls this with a command's name."""

import sys

from _diensten.melden import Melding, zeg


def hoofd(opdracht: str, argumenten: list[str]) -> int:
    """Run one command and give its exit status; a sentence for people goes to standard error."""
    try:
        match opdracht:
            case "start":
                from _diensten.start import hoofd as voer_uit
            case "manage":
                from _diensten.beheer import hoofd as voer_uit
            case "test":
                from _diensten.keuring import hoofd as voer_uit
            case "bench":
                from _diensten.metingen import hoofd as voer_uit
            case "vergrendel":
                from _diensten.vergrendelen import hoofd as voer_uit
            case _:
                raise Melding(f"Onbekende opdracht: {opdracht}.")
        return voer_uit(argumenten)
    except Melding as melding:
        zeg(melding.zin)
        return melding.status
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(hoofd(sys.argv[1], sys.argv[2:]))
