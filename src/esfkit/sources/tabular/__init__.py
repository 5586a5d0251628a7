"""Tables: delimited files and workbooks, with pages or as official lists of projects."""
