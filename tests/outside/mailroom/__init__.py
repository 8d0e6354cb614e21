"""Mails for Goldsmith: a family with features and a trainer of its own, a reader and a source."""
