"""Real processes of a real stack are killed; the run ends as an undisturbed one would."""
