"""Figures spread over the days of a period, and the timeline."""
