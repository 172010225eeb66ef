"""What a body is, judged by its content."""

from __future__ import annotations

import pytest

from tui.core.probe.body import read
from tui.core.seen import Shape


@pytest.mark.parametrize(
    ("text", "shape", "kind", "message"),
    [
        ("", Shape.EMPTY, "", ""),
        (" \n", Shape.EMPTY, "", ""),
        ('{"message": "hello"}', Shape.HELLO, "", ""),
        ('{"type":"error","error":{"type":"t","message":"m"}}', Shape.API_ERROR, "t", "m"),
        ('{"error":{"type":"t","message":"m"}}', Shape.ERROR, "t", "m"),
        ('{"error":{"type":null}}', Shape.ERROR, "", ""),
        ('{"error":"text"}', Shape.ERROR, "", "text"),
        ('{"detail":"Not Found"}', Shape.ERROR, "", "Not Found"),
        ('{"message":"no Route matched"}', Shape.ERROR, "", "no Route matched"),
        ('{"fault":{"faultstring":"f"}}', Shape.ERROR, "", "f"),
        ('{"fault":5}', Shape.JSON, "", ""),
        ('{"type":"message","content":[]}', Shape.MESSAGE, "", ""),
        ('{"type":"message","content":"text"}', Shape.JSON, "", ""),
        ('{"object":"chat.completion","choices":[]}', Shape.JSON, "chat.completion", ""),
        ('{"data":[{"id":"a"},{"id":5},7]}', Shape.MODELS, "", ""),
        ('{"input_tokens":9}', Shape.COUNT, "", ""),
        ("[]", Shape.JSON, "", ""),
        ("5", Shape.JSON, "", ""),
        ("null", Shape.JSON, "", ""),
        ("{", Shape.TEXT, "", ""),
        ("404 page not found", Shape.TEXT, "", ""),
        ("[" * 100_000, Shape.TEXT, "", ""),
    ],
)
def test_shapes(text: str, shape: Shape, kind: str, message: str) -> None:
    found = read(text)
    assert (found.shape, found.error_type, found.error_message) == (shape, kind, message)


@pytest.mark.parametrize(
    ("text", "content_type", "title"),
    [
        ("<!DOCTYPE html><title>A\n  b</title>", "", "A b"),
        ("<html><head><TITLE lang='x'>T</TITLE>", "", "T"),
        ("  <center><h1>400</h1>", "", ""),
        ("<p>hi</p>", "text/html", ""),
        ("<html><title>never closed", "", ""),
        ("<title>" * 20_000, "text/html", ""),
    ],
)
def test_pages(text: str, content_type: str, title: str) -> None:
    found = read(text, content_type)
    assert (found.shape, found.title) == (Shape.HTML, title)


def test_ids_of_models() -> None:
    assert read('{"data":[{"id":"a"},{"id":5},{"id":"b"}]}').models == ("a", "b")
    many = ",".join('{"id":"m"}' for _ in range(2000))
    assert len(read('{"data":[' + many + "]}").models) == 1000
