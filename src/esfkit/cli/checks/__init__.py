"""Findings and rules by cause, with the settings that are in force."""
