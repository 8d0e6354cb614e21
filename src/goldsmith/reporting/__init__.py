"""Reports and pictures from plain data: self-contained, offline. Knows no model and no store."""
