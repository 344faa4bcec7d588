"""Dissemination notices: written, checked by a second person, published, changed, withdrawn, counted."""
