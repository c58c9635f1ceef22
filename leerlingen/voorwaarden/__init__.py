"""The conditions of the care route: small pure functions, one for each shape in `profiel.voorwaardenvormen`.

Each looks at the facts and answers with one or more `Deel`: done, with what was done and when; or not, with what is
missing, who can do it, before when, and the code of what would satisfy it. `kort` is a piece of a sentence that
starts with a small letter and ends without full stop.

Link codes: `bespreking:<soort>`, `evaluatie:<soort>`, `besluit:<soort>`, `toestemming:<doel>`, `gesprek:<soort>`,
`document:<code>` or `document:<code>:<deel>`, `plan:<soort>`, `onderzoek:<soort>`, `onderzoek_met_ouders`,
`instantie:<besluit>`, `signaal`, `leerlijn`, `jaargroep`, `gezag`.
"""

from leerlingen.voorwaarden import besprekingen, overig, toestemming
from leerlingen.voorwaarden.kern import Deel, beoordeel_voorwaarde

__all__ = ["Deel", "beoordeel_voorwaarde", "besprekingen", "overig", "toestemming"]
