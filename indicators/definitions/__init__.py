"""The indicators, by the service that answers for them."""
