"""`http.server.ThreadingHTTPServer`: the standard library, a thread for each connection."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from benchmarks.servers import ANSWER, announce

_BUFFERED: Final = -1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body leave in one segment; apart, the second would wait for an acknowledgement.
    wbufsize = _BUFFERED

    def do_POST(self) -> None:
        """Answer."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)
        self.wfile.flush()

    def log_message(self, *_words: object) -> None:
        """Stay silent, as the other candidates do."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_words: object) -> None:
        """Stay silent when the load ends and its connections break."""


def main() -> None:
    """Serve until the process is ended."""
    server = _Server(("127.0.0.1", 0), _Handler)
    announce(server.server_port)
    server.serve_forever()


if __name__ == "__main__":
    main()
