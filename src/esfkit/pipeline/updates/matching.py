"""Documents of two ingests, told to be the same: by text, by place, by address.

A line of a crawl is no lasting place: one inserted line moves all behind it. So the same
text is looked for first, wherever it stands by now; only what is left is told by its place.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import NamedTuple


class Place(NamedTuple):
    """Where a document stands.

    Attributes:
        path: The file.
        member: The place within it.
        line: The line in it.
    """

    path: str | None
    member: str | None
    line: int | None


class Doc(NamedTuple):
    """A document by what it is told by.

    Attributes:
        place: Where it stands.
        sha256: The hash of its bytes; ``None`` where they gave no text.
        url: Its address, where the source has one.
    """

    place: Place
    sha256: str | None
    url: str | None


class Pair(NamedTuple):
    """A document then and now.

    Attributes:
        then: How it was; ``None`` if it is new.
        now: How it is; ``None`` if it is gone.
    """

    then: Doc | None
    now: Doc | None

    @property
    def is_same_text(self) -> bool:
        """Whether the text is the same."""
        return (
            self.then is not None
            and self.now is not None
            and self.then.sha256 is not None
            and self.then.sha256 == self.now.sha256
        )

    @property
    def is_moved(self) -> bool:
        """Whether the same text stands in another place, or under another address."""
        if self.then is None or self.now is None or not self.is_same_text:
            return False
        addresses = {self.then.url, self.now.url} - {None}
        return self.then.place != self.now.place or len(addresses) > 1


_Key = Callable[[Doc], Hashable | None]
"""What a document is told by; ``None`` where it cannot be told so."""


def matched(
    then: Iterable[Doc], now: Iterable[Doc], renamed: Mapping[str, str] | None = None
) -> list[Pair]:
    """Return each document then with the one that it is now, and those without partner.

    Args:
        then: The documents of before, each once.
        now: Those of now.
        renamed: Path then → path now of files that are the same under another path.
    """
    paths = renamed or {}

    def at(doc: Doc) -> Place:
        place = doc.place
        return place._replace(path=paths.get(place.path, place.path)) if place.path else place

    pairs: list[Pair] = []
    old, new = dict.fromkeys(then), dict.fromkeys(now)
    own = _used_once(old) & _used_once(new)
    keys: tuple[_Key, ...] = (
        lambda doc: doc._replace(place=at(doc)) if doc.sha256 else None,
        lambda doc: doc.sha256 and (doc.sha256, at(doc)),
        lambda doc: doc.sha256 and (doc.sha256, doc.url),
        lambda doc: doc.sha256,
        lambda doc: (at(doc), doc.url),
        lambda doc: doc.url if doc.url in own else None,
        at,
    )
    for key in keys:
        waiting = _by(key, new)
        for told, docs in _by(key, old).items():
            for pair in zip(docs, waiting.get(told, []), strict=False):
                pairs.append(Pair(*pair))
                del old[pair[0]], new[pair[1]]
    pairs.extend(Pair(doc, None) for doc in old)
    pairs.extend(Pair(None, doc) for doc in new)
    return pairs


def _used_once(docs: Iterable[Doc]) -> set[str | None]:
    """Return the addresses of one document alone: many pages name their site's as their own."""
    return {url for url, count in Counter(doc.url for doc in docs).items() if count == 1}


def _by(key: _Key, docs: Iterable[Doc]) -> dict[Hashable, list[Doc]]:
    found: dict[Hashable, list[Doc]] = defaultdict(list)
    for doc in docs:
        if (told := key(doc)) is not None:
            found[told].append(doc)
    return found
