"""Generators of embedded goldens, one module a use case: seeded, and all text is our own.

A generator module has `Options` (pydantic, frozen) and `generate(seed, options)`, which yields
rows.
"""
