# ruff: noqa: INP001, T201 - a notebook in one file: no package, and it prints its tables
"""What changed in Norra Mellansverige between two programme periods?"""

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

# %% The support of each period, and how much of the budgets it pays.
money = region.esf.summary("programme_period", ["support", "share"])
money = money.rename(lambda name: name.replace("esf_support_sek", "support"))
print(money.rename(lambda name: name.removeprefix("programme_")))

# %% The participants of each period, and the support for each of them.
people = region.esf.summary("programme_period", ["participants", "support_per_participant"])
people = people.rename(lambda name: name.replace("support_per_participant", "each"))
people = people.rename(lambda name: name.removeprefix("programme_"))
print(people.rename(lambda name: name.removeprefix("planned_")))

# %% Who got the support: what kind of organisation the owner is.
owners = region.esf.pivot("owner_type", "programme_period", "support")
print(owners.select("owner_type", "2014-2020", "2021-2027", "Total"))
