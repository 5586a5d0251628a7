"""Shapes of pages, as data: one TOML file for each layout in ``definitions/``."""
