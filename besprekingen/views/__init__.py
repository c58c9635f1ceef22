"""Views of the meetings floor."""
