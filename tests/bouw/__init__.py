"""The fixed cast of the tests, made through the services, and factories for variation."""

from tests.bouw.cast import NU, VANDAAG, vaste_bezetting
from tests.bouw.personen import Bezetting, Lid

__all__ = ["NU", "VANDAAG", "Bezetting", "Lid", "vaste_bezetting"]
