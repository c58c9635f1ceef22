"""The modules of bin/ are no package of the program; the tests of this folder reach them here."""

import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(CHECKOUT / "bin"))
