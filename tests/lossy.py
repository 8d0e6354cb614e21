"""A real HTTP proxy that loses the first answer to a request, after the server has acted on it."""

import contextlib
import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP = ("connection", "transfer-encoding", "content-length")


@contextlib.contextmanager
def proxy(to: str, path: str) -> Iterator[tuple[str, list[int]]]:
    """Yields the proxy's URL, and the status of each answer that it lost.

    Args:
        to: URL of the server.
        path: the end of the path whose first answer is lost.
    """
    target, lost = urlsplit(to), list[int]()

    class Handler(BaseHTTPRequestHandler):
        def forward(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with contextlib.closing(
                http.client.HTTPConnection(target.netloc, timeout=60)
            ) as server:
                server.request(self.command, self.path, body, dict(self.headers))
                answer = server.getresponse()
                said = answer.read()
            if not lost and self.path.partition("?")[0].endswith(path):
                lost.append(answer.status)
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = forward

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", lost
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
