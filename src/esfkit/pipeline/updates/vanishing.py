"""Sources of which nothing is left: a disk that is not there looks the same."""

from collections.abc import Iterator

from esfkit.pipeline.updates.planning import Plan
from esfkit.pipeline.updates.renaming import covers
from esfkit.pipeline.updates.settling import Settled


def emptied_sources(plan: Plan, changes: Settled) -> dict[str, int]:
    """Return each source that lost every document it had, and how many those were.

    Args:
        plan: What had to be read.
        changes: What became of the documents.
    """
    gone = [doc.place.path or "" for doc in changes.documents["vanished"]]
    left = set(_paths_left(plan, changes)) if gone else set()
    found = {source: sum(covers(source, path) for path in gone) for source in plan.wish.sources}
    return {
        source: count
        for source, count in found.items()
        if count and not any(covers(source, path) for path in left)
    }


def _paths_left(plan: Plan, changes: Settled) -> Iterator[str]:
    """Yield the paths of documents that are not gone, read again or left unread."""
    yield from (doc.place.path or "" for doc in changes.left)
    files, again = plan.before.files, plan.again
    for path in plan.hashes:
        if path not in again and files[path].documents:
            yield path
