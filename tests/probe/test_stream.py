"""Streams: which event came when, and how the stream ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lab.double import ApiDouble
from tests.lab.streams import MIDDLE
from tests.probe.wires import ask, post, wire
from tui.core.probe.stream import EventReader
from tui.core.seen import Error, Hop, HttpSeen, Shape

WHOLE = [
    "message_start",
    "content_block_start",
    "ping",
    *["content_block_delta"] * 4,
    "content_block_stop",
    "message_delta",
    "message_stop",
]


async def stream(mode: str, tmp_path: Path, limit: float = 2.0, **how: object) -> HttpSeen:
    """One streamed message."""
    async with ApiDouble(mode, **how) as api:  # type: ignore[arg-type]
        return await ask(post(api.port, stream=True), wire(tmp_path, limit=limit))


async def test_whole_stream_with_times(tmp_path: Path) -> None:
    seen = await stream("ok", tmp_path, pace=0.02)
    assert (seen.status, seen.shape, seen.failure) == (200, Shape.STREAM, None)
    assert [event.name for event in seen.events] == WHOLE
    times = [event.ms for event in seen.events]
    assert times == sorted(times)
    assert times[-1] - times[0] > 100  # nine pauses of 20 ms, spread and not in one burst


@pytest.mark.parametrize("mode", ["sse-buffered", "sse-buffered-whole"])
async def test_buffered_stream_comes_in_one_burst(mode: str, tmp_path: Path) -> None:
    seen = await stream(mode, tmp_path, pace=0.03)
    assert [event.name for event in seen.events] == WHOLE
    assert seen.events[-1].ms - seen.events[0].ms < 30
    assert seen.events[0].ms > 200


@pytest.mark.parametrize(
    ("mode", "error", "events"),
    [
        ("sse-cut", Error.CLOSED, MIDDLE),
        ("sse-reset", Error.RESET, MIDDLE),
        ("idle-cut", Error.CLOSED, MIDDLE),
        ("sse-garbage", Error.CLOSED, MIDDLE + 1),
        ("sse-empty", Error.CLOSED, 0),
    ],
)
async def test_streams_that_break(mode: str, error: Error, events: int, tmp_path: Path) -> None:
    seen = await stream(mode, tmp_path)
    assert seen.failure is not None
    assert (seen.failure.hop, seen.failure.error) == (Hop.BODY, error)
    assert len(seen.events) == events
    assert seen.status == 200


async def test_stream_that_stalls(tmp_path: Path) -> None:
    seen = await stream("sse-stall", tmp_path, limit=0.3)
    assert seen.failure is not None
    assert (seen.failure.hop, seen.failure.error, len(seen.events)) == (Hop.BODY, Error.TIMEOUT, MIDDLE)
    assert seen.ms < 2500


async def test_error_event(tmp_path: Path) -> None:
    seen = await stream("sse-error", tmp_path)
    assert seen.failure is None
    assert (seen.error_type, seen.error_message) == ("overloaded_error", "Overloaded")
    assert seen.events[-1].name == "error"


async def test_pings_without_end(tmp_path: Path) -> None:
    seen = await stream("sse-pings", tmp_path, limit=0.3)
    assert seen.ms < 2500
    assert {event.name for event in seen.events[MIDDLE:]} == {"ping"}
    assert seen.failure is None  # it is alive, as a model that thinks for long is


async def test_line_without_end(tmp_path: Path) -> None:
    seen = await stream("sse-endless-line", tmp_path, limit=3)
    assert seen.failure is not None
    assert seen.failure.error is Error.TOO_LONG
    assert len(seen.body) <= 4000


async def test_compressed_and_cut(tmp_path: Path) -> None:
    seen = await stream("sse-gzip-cut", tmp_path)
    assert seen.failure is not None
    assert seen.failure.hop is Hop.BODY


async def test_no_stream_at_all(tmp_path: Path) -> None:
    seen = await stream("sse-as-json", tmp_path)
    assert (seen.shape, seen.events, seen.failure) == (Shape.MESSAGE, (), None)


async def test_stream_of_another_api(tmp_path: Path) -> None:
    seen = await stream("wrong-schema", tmp_path)
    assert [event.name for event in seen.events] == ["chat.completion.chunk"] * 5 + ["[DONE]"]
    assert seen.failure is None


def feed(*chunks: bytes) -> tuple[list[str], EventReader]:
    """The names that a reader finds."""
    reader = EventReader()
    return [name for chunk in chunks for name in reader.feed(chunk)], reader


def test_events_across_chunks_and_line_ends() -> None:
    whole = b'event: ping\r\ndata: {"type": "ping"}\r\n\r\n'
    assert feed(*(bytes([byte]) for byte in whole))[0] == ["ping"]
    assert feed(b'data: {"type": "message_stop"}\n\n')[1].stopped
    assert feed(b"data: [DONE]\n\n")[1].stopped


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"data: {\n\n", "(unreadable)"),
        (b"data: []\n\n", "(unreadable)"),
        (b"data: {}\n\n", "(untyped)"),
        (b"data: \xff\n\n", "(unreadable)"),
        (b"data: " + b"[" * 100_000 + b"\n\n", "(unreadable)"),
        (b"event: " + b"x" * 500 + b"\ndata: 1\n\n", "x" * 60),
    ],
)
def test_odd_events(data: bytes, name: str) -> None:
    assert feed(data)[0] == [name]


@pytest.mark.parametrize("data", [b"data: nonsense", b'data: {"error": 5}', b"data: {}"])
def test_error_events_without_a_message(data: bytes) -> None:
    _, reader = feed(b"event: error\n" + data + b"\n\n")
    assert reader.error[0] == "error"


def test_comments_and_other_fields_are_passed_over() -> None:
    assert feed(b": keep-alive\nid: 1\nretry: 5\n\n")[0] == []
