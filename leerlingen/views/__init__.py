"""Views of the first floor: they connect; services write, selecties read."""
