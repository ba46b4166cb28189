"""What the server of the Data Docs gives, and what it refuses."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
import uvicorn

from orchestration.docs_server import application


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    (docs / "run-1").mkdir(parents=True)
    (docs / "empty").mkdir()
    (docs / "index.html").write_text("<h1>Runs</h1>")
    (docs / "run-1" / "figures.html").write_text("<h1>figures</h1>")
    (tmp_path / "secret.txt").write_text("secret")
    (docs / "link.txt").symlink_to(tmp_path / "secret.txt")
    (docs / "up").symlink_to(tmp_path)
    return docs


@dataclass(frozen=True)
class Client:
    """Sends requests as they are written, where a library would straighten them."""

    port: int

    def get(self, path: str, method: str = "GET", host: str = "127.0.0.1") -> Answer:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.putrequest(method, path, skip_host=True)
            connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@pytest.fixture
def client(docs: Path) -> Iterator[Client]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(application(docs), log_level="warning"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield Client(listening.getsockname()[1])
        server.should_exit = True
        thread.join(10)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("/", "Runs", id="the list of runs"),
        pytest.param("/run-1/figures.html", "figures", id="a page"),
    ],
)
def test_a_page_is_served(client: Client, path: str, text: str) -> None:
    answer = client.get(path)
    assert answer.status == 200
    assert text in answer.text


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/../secret.txt", id="above the folder"),
        pytest.param("/run-1/../../secret.txt", id="above it from within"),
        pytest.param("/%2e%2e/secret.txt", id="above it, in disguise"),
        pytest.param("/..%2fsecret.txt", id="above it, with a hidden slash"),
        pytest.param("//etc/passwd", id="from the root"),
        pytest.param("/link.txt", id="through a link to a file"),
        pytest.param("/up/secret.txt", id="through a link to a folder"),
        pytest.param("/empty/", id="a listing"),
        pytest.param("/nothing.html", id="what is not there"),
        pytest.param("/%00", id="a name that no file can have"),
    ],
)
def test_nothing_else_is(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status in (400, 404)
    assert "secret" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_written(client: Client, method: str) -> None:
    assert client.get("/index.html", method=method).status == 405


def test_another_name_of_this_machine_gets_no_answer(client: Client) -> None:
    answer = client.get("/", host="news.example.org")
    assert answer.status == 400
    assert "Runs" not in answer.text


@pytest.mark.parametrize("path", ["/", "/nothing.html"])
def test_every_answer_forbids_scripts_frames_and_whatever_lies_elsewhere(
    client: Client, path: str
) -> None:
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
