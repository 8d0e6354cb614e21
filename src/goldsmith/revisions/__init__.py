"""The goldens of a use case as they change: add, compare, move to and from the remote, forget."""
