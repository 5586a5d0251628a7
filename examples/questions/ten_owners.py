# ruff: noqa: INP001, T201 - a notebook in one file: no package, and it prints its tables
"""Which ten owners have most support?"""

# %% Read the pages of the portfolio into one table; tables are printed in full.
from pathlib import Path

import polars as pl

import esfkit

PORTFOLIO = Path(__file__).parents[2] / "docs" / "portfolio"
pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_dataframe_shape=True, thousands_separator=True)
pl.Config(tbl_hide_column_data_types=True, tbl_cell_numeric_alignment="RIGHT")
pl.Config(fmt_str_lengths=40, tbl_width_chars=96)

frame = esfkit.to_frame(esfkit.ingest(PORTFOLIO).records)

# %% The ten owners with most support, however their names are written; others in one row.
owners = frame.esf.summary("organisation", "support", sort="-support", top=10, other=True)
print(owners.rename(lambda name: name.removeprefix("esf_support_sek_")))

# %% Pages of ESF+ print names in capitals: the same question by names as printed.
printed = frame.esf.summary("owner_name", "support", sort="-support", top=10, other=True)
print(printed.rename(lambda name: name.removeprefix("esf_support_sek_")))
