"""Contests outside a run: versions and recorded predictions on a use case's test records as they
are now."""
