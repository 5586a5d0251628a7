"""What happens, in order: sources → documents → records → table.

The only package that joins the steps, for the command line and for Python alike.
``texts.py`` is the way in from Python; ``job.py`` does one shard, an engine does many,
``run.py`` puts what they gave in order again.
"""

from esfkit.pipeline.outcomes import Account, Ingested, Rejected
from esfkit.pipeline.texts import ingest, parse, parse_sources, stream

__all__ = ["Account", "Ingested", "Rejected", "ingest", "parse", "parse_sources", "stream"]
