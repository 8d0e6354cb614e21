"""A Hugging Face hub on this machine: what its real client asks for, for data sets and models.

Its client reads HF_ENDPOINT when it is imported, so the command runs in a process of its own.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

CONVERTED = "refs/convert/parquet"
Files = dict[str, bytes]


@dataclass
class Hub:
    """Repositories by kind (`datasets` or `models`) and name; every request is written down."""

    url: str = ""
    refs: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    commits: dict[str, Files] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    failing: int = 0  # a status to answer everything with
    cut: int = 0  # downloads that will break off half-way

    def commit(
        self, kind: str, name: str, files: Mapping[str, bytes | Path], ref: str = "main"
    ) -> str:
        """Put files into a repository as the new head of a branch; returns the commit."""
        contents = {
            path: value if isinstance(value, bytes) else value.read_bytes()
            for path, value in files.items()
        }
        digest = hashlib.sha1(f"{kind}/{name}/{ref}".encode())
        for path, value in sorted(contents.items()):
            digest.update(path.encode() + hashlib.sha256(value).digest())
        sha = digest.hexdigest()
        self.commits[sha] = contents
        self.refs.setdefault((kind, name), {})[ref] = sha
        return sha

    def folder(self, kind: str, name: str, folder: Path) -> str:
        """Put a folder's files into a repository."""
        return self.commit(
            kind,
            name,
            {
                path.relative_to(folder).as_posix(): path
                for path in folder.rglob("*")
                if path.is_file()
            },
        )

    def asked(self) -> list[str]:
        """The requests since the last look."""
        found = list(self.requests)
        self.requests.clear()
        return found

    def environment(self, cache: Path) -> dict[str, str]:
        """Variables with which the real client talks to this hub and keeps files apart."""
        return {"HF_ENDPOINT": self.url, "HF_HUB_OFFLINE": "0", "HF_HOME": str(cache)}

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of a GET; errors as the hub words them."""
        if self.failing:
            return self.failing, {}, b"{}"
        parts = urlsplit(path)
        words = [unquote(word) for word in parts.path.strip("/").split("/")]
        if words[0] == "api":
            return self._api(words[1], words[2:], parse_qs(parts.query))
        kind, words = ("datasets", words[1:]) if words[0] == "datasets" else ("models", words)
        return self._file(kind, words)

    def _api(
        self, kind: str, words: list[str], query: dict[str, list[str]]
    ) -> tuple[int, dict[str, str], bytes]:
        if not words:
            owner = query.get("author", [""])[0]
            return _json(
                [
                    {"id": name}
                    for of, name in self.refs
                    if of == kind and name.startswith(f"{owner}/")
                ]
            )
        name, rest = "/".join(words[:2]), words[2:]
        refs = self.refs.get((kind, name))
        if refs is None:
            return _missing("RepoNotFound")
        if rest == ["refs"]:
            return _json(_refs(refs))
        sha = self._resolve(refs, rest[1] if rest else "main")
        if sha is None:
            return _missing("RevisionNotFound")
        siblings = [{"rfilename": path} for path in self.commits[sha]]
        return _json({"id": name, "sha": sha, "siblings": siblings, "tags": [], "private": False})

    def _file(self, kind: str, words: list[str]) -> tuple[int, dict[str, str], bytes]:
        refs = self.refs.get((kind, "/".join(words[:2])))
        if refs is None or words[2] != "resolve":
            return _missing("RepoNotFound")
        sha, path = self._resolve(refs, words[3]), "/".join(words[4:])
        if sha is None:
            return _missing("RevisionNotFound")
        if path not in self.commits[sha]:
            return _missing("EntryNotFound")
        body = self.commits[sha][path]
        etag = f'"{hashlib.sha1(body).hexdigest()}"'
        return 200, {"ETag": etag, "X-Repo-Commit": sha, "Accept-Ranges": "bytes"}, body

    def _resolve(self, refs: Mapping[str, str], revision: str) -> str | None:
        return refs.get(revision) or (revision if revision in self.commits else None)


def _json(value: Any) -> tuple[int, dict[str, str], bytes]:
    return 200, {"Content-Type": "application/json"}, json.dumps(value).encode()


def _missing(code: str) -> tuple[int, dict[str, str], bytes]:
    return 404, {"X-Error-Code": code}, b"{}"


def _refs(refs: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    def described(name: str) -> dict[str, str]:
        ref = name if name.startswith("refs/") else f"refs/heads/{name}"
        return {"name": ref.rpartition("/")[2], "ref": ref, "targetCommit": refs[name]}

    return {
        "branches": [described(name) for name in refs if not name.startswith("refs/")],
        "converts": [described(name) for name in refs if name.startswith("refs/convert/")],
        "tags": [],
    }


@contextlib.contextmanager
def running() -> Iterator[Hub]:
    """A hub on a free port, without repositories."""
    hub = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(body=True)

        def do_HEAD(self) -> None:
            self._answer(body=False)

        def _answer(self, body: bool) -> None:
            hub.requests.append(f"{self.command} {self.path}")
            status, headers, content = hub.answer(self.path)
            asked = self.headers.get("Range")
            if status == 200 and asked:
                start = int(asked.removeprefix("bytes=").partition("-")[0])
                headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
                status, content = 206, content[start:]
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            if body and hub.cut and "/resolve/" in self.path:
                hub.cut -= 1
                content = content[: len(content) // 2]
            if body:
                self.wfile.write(content)

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
