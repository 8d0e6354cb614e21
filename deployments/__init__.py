"""What runs by itself: Prefect deployments made from the use cases' YAML, the automations that start
crashed runs again, and a local stack to run them on."""
