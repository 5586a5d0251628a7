# ruff: noqa: INP001, T201 - a notebook in one file: no package, and it prints its tables
"""How many participants were planned per year in Norra Mellansverige?"""

# %% Read the pages of the portfolio into one table; tables are printed in full.
from pathlib import Path

import polars as pl

import esfkit

PORTFOLIO = Path(__file__).parents[2] / "docs" / "portfolio"
pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True, thousands_separator=True)
pl.Config(tbl_hide_column_data_types=True, tbl_cell_numeric_alignment="RIGHT")
pl.Config(fmt_str_lengths=40, tbl_width_chars=96)

frame = esfkit.to_frame(esfkit.ingest(PORTFOLIO).records)

# %% One region.
region = frame.filter(pl.col("region") == "Norra Mellansverige")

# %% Its participants, spread over the days of each project's period.
people = ["period", "projects", "planned_participants", "planned_participants_stated"]
print(region.esf.timeline("year").select(people))

# %% The same participants, all of them in the year in which their project starts.
print(region.esf.timeline("year", at="start").select(people))
