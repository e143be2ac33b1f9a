"""Event subscriptions and deliveries."""
