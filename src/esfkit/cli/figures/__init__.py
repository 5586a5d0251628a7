"""Figures put before people: summaries, cross-tables, timelines, and what is told below."""
