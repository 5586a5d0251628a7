# ruff: noqa: INP001, T201 - a notebook in one file: no package, and it prints its tables
"""What support is there for each participant, by area, with quartiles?"""

# %% Read the pages of the portfolio into one table; tables are printed in full.
from pathlib import Path

import polars as pl

import esfkit

PORTFOLIO = Path(__file__).parents[2] / "docs" / "portfolio"
pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True, thousands_separator=True)
pl.Config(tbl_hide_column_data_types=True, tbl_cell_numeric_alignment="RIGHT")
pl.Config(fmt_str_lengths=40, tbl_width_chars=96)

frame = esfkit.to_frame(esfkit.ingest(PORTFOLIO).records)

# %% All support of an area for all its participants, and the quartiles of its projects.
asked = ["support_per_participant", "support_per_participant.quartiles"]
table = frame.esf.summary("programme_area", asked)
short = table.rename(lambda name: name.replace("support_per_participant", "each"))
short = short.rename(lambda name: name.removeprefix("programme_"))
print(short.drop("each_q1_stated", "each_median_stated", "each_q3_stated"))

# %% Of area A the projects that weigh most in it.
area = frame.filter(pl.col("programme_area") == "A")
print(area.esf.deciding(3).select("rank", "title", "esf_support_sek", "part"))
