"""Sources say where raw goldens come from; found by entry point, named by `source.kind`."""
