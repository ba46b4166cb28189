"""What a release says it was made with, also where that can't be known."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from orchestration.provenance import git_revision, language_model, named

NEEDS_GIT = pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here")


def _git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    _git(folder, "init", "--quiet")
    (folder / "code.py").write_text("one = 1\n")
    _git(folder, "add", "code.py")
    _git(folder, "commit", "--quiet", "--no-verify", "-m", "One")
    return folder


@NEEDS_GIT
def test_a_checkout_names_its_commit(checkout: Path) -> None:
    revision = _git(checkout, "rev-parse", "HEAD")
    assert git_revision(checkout) == {"git_revision": revision, "git_reason": None}


@NEEDS_GIT
def test_a_change_that_is_not_committed_is_told(checkout: Path) -> None:
    (checkout / "notes.txt").write_text("not of the code")
    assert not git_revision(checkout)["git_revision"].endswith("-dirty")
    (checkout / "code.py").write_text("one = 2\n")
    assert git_revision(checkout)["git_revision"].endswith("-dirty")


@NEEDS_GIT
def test_a_repository_around_the_installed_code_is_not_its_own(checkout: Path) -> None:
    installed = checkout / "venv" / "site-packages"
    installed.mkdir(parents=True)
    assert git_revision(installed)["git_revision"] is None
    assert "checkout" in git_revision(installed)["git_reason"]


@NEEDS_GIT
def test_a_repository_without_a_commit_says_what_git_says(tmp_path: Path) -> None:
    _git(tmp_path, "init", "--quiet")
    told = git_revision(tmp_path)
    assert told["git_revision"] is None
    assert told["git_reason"].startswith("git does not tell it: ")


def test_without_git_the_revision_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git_revision(tmp_path) == {
        "git_revision": None, "git_reason": "there is no git on this machine",
    }  # fmt: skip


def test_the_hash_of_the_model_is_that_of_its_files_and_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.provenance.MODEL", tmp_path)
    (tmp_path / "meta.json").write_text('{"lang": "en", "name": "small", "version": "1.2"}')
    (tmp_path / "weights").write_bytes(b"0")
    first = language_model(None)
    assert (first["name"], first["version"]) == ("en_small", "1.2")
    assert language_model(None) == first
    (tmp_path / "weights").rename(tmp_path / "other")
    renamed = language_model(None)["sha256"]
    (tmp_path / "other").write_bytes(b"1")
    assert len({first["sha256"], renamed, language_model(None)["sha256"]}) == 3


def test_the_bundled_model_is_named() -> None:
    model = language_model(None)
    assert model["name"] == "en_dispatches"
    assert named({"model": model, "code": {"git_revision": None}}) == {
        "git_revision": None,
        "model_version": f"en_dispatches {model['version']} sha256:{model['sha256']}",
    }
