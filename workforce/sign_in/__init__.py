"""Signing in: who someone is, how they show it, and how often they may be wrong."""
