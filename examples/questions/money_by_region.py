# ruff: noqa: INP001, T201 - a notebook in one file: no package, and it prints its tables
"""Where did the money of ESF+ go, by region?"""

# %% Read the pages of the portfolio into one table; tables are printed in full.
from pathlib import Path

import polars as pl

import esfkit

PORTFOLIO = Path(__file__).parents[2] / "docs" / "portfolio"
pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True, thousands_separator=True)
pl.Config(tbl_hide_column_data_types=True, tbl_cell_numeric_alignment="RIGHT")
pl.Config(fmt_str_lengths=40, tbl_width_chars=96)

frame = esfkit.to_frame(esfkit.ingest(PORTFOLIO).records)

# %% Only the programme period of ESF+ counts.
plus = frame.filter(pl.col("programme_period") == "2021-2027")

# %% Each region's support, how many of its projects state any, and its part of the whole.
support = plus.esf.summary("region", "support", shares_of="all").drop("projects_part")
print(support.rename(lambda name: name.removeprefix("esf_support_sek_")))

# %% The projects that print no support, and are therefore missing in the sums.
silent = plus.filter(pl.col("esf_support_sek").is_null())
print(silent.select("record_id", "region", "layout").sort("record_id"))
