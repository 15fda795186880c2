"""The frame: settings, base views, working days, embedded services. It has no tables of its own."""

from config.celery import app

__all__ = ["app"]
