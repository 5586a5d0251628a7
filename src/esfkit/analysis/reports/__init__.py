"""The answers: one pure function a report."""
