"""Owns the web: the registry of portals, one spider, what a link promises, politeness."""
