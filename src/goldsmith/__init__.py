"""Goldsmith turns goldens (labelled data) into gated, registered ONNX models."""

__version__ = "0.1.0"
