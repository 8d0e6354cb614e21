"""The whole stack: real servers, real workers, runs by cron, by event and by hand."""
