"""Locks that vanish with their holder: `flock` is let go by the kernel, also after kill -9."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from _diensten.melden import Melding


class Slot:
    """One lock file. `deel` is shared, `neem` exclusive; a lock may be changed from one into the other."""

    def __init__(self, pad: Path) -> None:
        self.pad = pad
        self._fd: int | None = None

    def _probeer(self, soort: int) -> bool:
        if self._fd is None:
            self._fd = os.open(self.pad, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._fd, soort | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def neem(self, wacht: float = 0) -> bool:
        """Take the lock for ourselves, waiting at most `wacht` seconds; say whether that worked."""
        einde = time.monotonic() + wacht
        while not self._probeer(fcntl.LOCK_EX):
            if time.monotonic() >= einde:
                return False
            time.sleep(0.05)
        return True

    def deel(self) -> bool:
        """Take the lock together with others; refused while someone has it alone."""
        return self._probeer(fcntl.LOCK_SH)

    def laat_los(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self.laat_los()


@contextmanager
def alleen(pad: Path, wacht: float = 300) -> Iterator[None]:
    """Run a block that no other process runs at the same time. Raises Melding when it stays taken."""
    with Slot(pad) as slot:
        if not slot.neem(wacht):
            raise Melding("Een andere opdracht van deze map is nog bezig met de database; probeer het straks opnieuw.")
        yield
