"""The rows of the matrix, a file for each app; importing this package fills tests.rechten.matrix.RIJEN."""

from importlib import import_module
from pathlib import Path

for _pad in sorted(Path(__file__).parent.glob("[a-z]*.py")):
    import_module(f"{__name__}.{_pad.stem}")
