"""What changed since the champion, and what that would cause to run again. Runs nothing."""
