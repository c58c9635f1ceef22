"""Field sources: what the school knows already fills a paper about a pupil, with where it comes from (ontwerp §1).

A source gives only what who begins the paper may see, and only from pieces that are no more confidential than the paper
itself: whoever reads it reads nothing in it that was closed to them. Sources of floors above are registered here.
"""

from plannen.bronnen.basis import Bronvraag, Gevonden, registreer, vraag_bron
from plannen.bronnen.eigen import EIGEN

for _naam, _bron in EIGEN.items():
    registreer(_naam, _bron)

__all__ = ["Bronvraag", "Gevonden", "registreer", "vraag_bron"]
