"""Prefect flows: nothing but calls."""
