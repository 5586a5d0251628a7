# ruff: noqa: INP001, T201 - a notebook in one file: no package, and it prints its tables
"""What share of support did each area have, in each programme period?"""

# %% Read the pages of the portfolio into one table; tables are printed in full.
from pathlib import Path

import polars as pl

import esfkit

PORTFOLIO = Path(__file__).parents[2] / "docs" / "portfolio"
pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True, thousands_separator=True)
pl.Config(tbl_hide_column_data_types=True, tbl_cell_numeric_alignment="RIGHT")
pl.Config(fmt_str_lengths=40, tbl_width_chars=96)

frame = esfkit.to_frame(esfkit.ingest(PORTFOLIO).records)

# %% What part of its period's support each area has.
by = ["programme_period", "programme_area"]
support = frame.esf.summary(by, "support", shares_of="row").drop("projects_part")
support = support.rename(lambda name: name.removeprefix("esf_support_sek_"))
print(support.rename(lambda name: name.removeprefix("programme_")))

# %% Support as a share of the budget, beside the share that the calls let expect.
shares = frame.esf.summary(by, ["share", "expected_share"])
print(shares.drop("projects").rename(lambda name: name.removeprefix("programme_")))
