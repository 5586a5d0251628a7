"""An object store on loopback: the few requests of S3 that reading needs, and plain HTTP."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "bucket"
_CHANGED = "Thu, 01 Jan 2026 00:00:00 GMT"


@contextmanager
def object_store(objects: Mapping[str, bytes]) -> Iterator[str]:
    """Serve the objects, by their keys in the bucket, and give the server's address."""
    handler = type("Handler", (_Handler,), {"objects": dict(objects)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def environment(address: str) -> dict[str, str]:
    """Return the environment in which ``s3://`` leads to the server."""
    return {
        "AWS_ENDPOINT_URL": address,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_REGION": "eu-north-1",
    }


class _Handler(BaseHTTPRequestHandler):
    objects: Mapping[str, bytes] = {}
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # type: ignore[explicit-override]  # noqa: A002 - its name in the standard library; typing.override came with 3.12
        """Keep silent."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        address = urlsplit(self.path)
        query = parse_qs(address.query)
        key = unquote(address.path).lstrip("/").removeprefix(f"{BUCKET}/")
        if "list-type" in query:
            self._send(200, self._listing(query.get("prefix", [""])[0]))
        elif key.startswith("forbidden"):
            self._send(403, b"<Error><Code>AccessDenied</Code></Error>")
        elif key not in self.objects:
            self._send(404, b"<Error><Code>NoSuchKey</Code></Error>")
        else:
            self._send_object(self.objects[key])

    def _listing(self, prefix: str) -> bytes:
        rows = "".join(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(content)}</Size>"
            "<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>x</ETag></Contents>"
            for key, content in sorted(self.objects.items())
            if key.startswith(prefix)
        )
        head = f"<Name>{BUCKET}</Name><IsTruncated>false</IsTruncated>"
        return (
            f"<?xml version='1.0'?><ListBucketResult>{head}{rows}</ListBucketResult>".encode()
        )

    def _send_object(self, content: bytes) -> None:
        asked = self.headers.get("Range")
        if asked is None or self.command == "HEAD":
            self._send(200, content)
            return
        first, _, last = asked.removeprefix("bytes=").partition("-")
        begin = int(first) if first else max(0, len(content) - int(last))  # the last so many
        end = min(int(last) + 1, len(content)) if first and last else len(content)
        of = {"Content-Range": f"bytes {begin}-{end - 1}/{len(content)}"}
        self._send(206, content[begin:end], of)

    def _send(
        self, code: int, content: bytes, headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(code)
        fixed = {"Content-Length": str(len(content)), "ETag": '"x"', "Last-Modified": _CHANGED}
        for name, value in {**fixed, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
