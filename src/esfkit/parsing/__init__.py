"""Document → records: scan for labels, cut headers, choose a layout, read, assemble."""
