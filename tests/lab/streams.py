"""The events of a streamed message, and the ways in which a stream fails."""

from __future__ import annotations

import asyncio
import gzip
import json
from dataclasses import dataclass

from tests.lab.identities import api_error
from tests.lab.server import Writer, forever, reset
from tests.lab.wire import chunk

MODES = frozenset(
    {
        "sse-buffered",  # headers at once, then all events in one burst
        "sse-buffered-whole",  # headers and events in one burst
        "sse-cut",  # FIN in the middle
        "sse-reset",  # RST in the middle
        "sse-stall",  # silence in the middle, connection open
        "idle-cut",  # silence, and after ``delay`` seconds FIN
        "sse-error",  # an error event in the middle, then an orderly end
        "sse-gzip-cut",  # compressed, and cut inside the compressed data
        "sse-garbage",  # a data line that is no JSON, then FIN
        "sse-empty",  # an orderly stream without events
        "sse-pings",  # nothing but pings after the first events, for ever
        "sse-endless-line",  # one data line that never ends
    }
)
MIDDLE = 5
"""Events sent before the trouble starts."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream to be sent: the events as bytes, each with its empty line."""

    events: tuple[bytes, ...]


def event(name: str, **data: object) -> bytes:
    """One event as the Anthropic API writes it."""
    return f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode()


def message(model: str, text: str = "pong") -> dict[str, object]:
    """A finished message."""
    return {
        "id": "msg_lab",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 9, "output_tokens": 4},
    }


def anthropic_stream(model: str, max_tokens: int) -> Stream:
    """``pong``, one letter an event, at most ``max_tokens`` letters."""
    letters = "pong"[: max(max_tokens, 1)]
    start = message(model) | {
        "content": [],
        "stop_reason": None,
        "usage": {"input_tokens": 9, "output_tokens": 1},
    }
    reason = "end_turn" if letters == "pong" else "max_tokens"
    return Stream(
        (
            event("message_start", message=start),
            event("content_block_start", index=0, content_block={"type": "text", "text": ""}),
            event("ping"),
            *(
                event("content_block_delta", index=0, delta={"type": "text_delta", "text": letter})
                for letter in letters
            ),
            event("content_block_stop", index=0),
            event(
                "message_delta",
                delta={"stop_reason": reason, "stop_sequence": None},
                usage={"output_tokens": len(letters)},
            ),
            event("message_stop"),
        )
    )


def openai_message(model: str) -> dict[str, object]:
    """What an OpenAI-only upstream answers."""
    choice = {"index": 0, "message": {"role": "assistant", "content": "pong"}, "finish_reason": "stop"}
    return {"id": "chatcmpl-lab", "object": "chat.completion", "model": model, "choices": [choice]}


def openai_stream(model: str) -> Stream:
    """What an OpenAI-only upstream streams."""
    lines = []
    for letter in ("p", "o", "n", "g", ""):
        choice = {
            "index": 0,
            "delta": {"content": letter} if letter else {},
            "finish_reason": None if letter else "stop",
        }
        part = {"id": "chatcmpl-lab", "object": "chat.completion.chunk", "model": model, "choices": [choice]}
        lines.append(f"data: {json.dumps(part)}\n\n".encode())
    return Stream((*lines, b"data: [DONE]\n\n"))


async def send(writer: Writer, head: bytes, stream: Stream, mode: str, pace: float, delay: float) -> bool:
    """Send ``stream`` chunked after ``head``, ``pace`` seconds between events; False: the connection is to be closed.

    ``delay`` is the patience of ``idle-cut`` in seconds.
    """
    events = stream.events
    if mode.startswith("sse-buffered"):
        if mode == "sse-buffered":
            writer.write(head)
            head = b""
        await asyncio.sleep(pace * len(events))
        writer.write(head + chunk(b"".join(events)) + chunk(b""))
        await writer.drain()
        return True
    writer.write(head)
    if mode == "sse-empty":
        events = ()
    elif mode == "sse-gzip-cut":
        writer.write(chunk(gzip.compress(b"".join(events))[:60]))
        await writer.drain()
        return False
    for index, data in enumerate(events):
        if index == MIDDLE and mode != "ok" and (end := await _trouble(writer, mode, pace, delay)) is not None:
            return end
        writer.write(chunk(data))
        await writer.drain()
        await asyncio.sleep(pace)
    writer.write(chunk(b""))
    await writer.drain()
    return True


async def _trouble(writer: Writer, mode: str, pace: float, delay: float) -> bool | None:
    """Do in the middle of a stream what ``mode`` says; None: go on as if nothing had happened."""
    match mode:
        case "sse-cut":
            return False
        case "sse-reset":
            reset(writer)
            return False
        case "sse-stall":
            await forever()
        case "idle-cut":
            await asyncio.sleep(delay)
            return False
        case "sse-error":
            writer.write(chunk(b"event: error\ndata: " + api_error("overloaded_error", "Overloaded") + b"\n\n"))
            writer.write(chunk(b""))
            await writer.drain()
            return True
        case "sse-garbage":
            writer.write(chunk(b'event: content_block_delta\ndata: {"type": "content_block_del\n\n'))
            await writer.drain()
            return False
        case "sse-pings":
            while True:
                writer.write(chunk(event("ping")))
                await writer.drain()
                await asyncio.sleep(pace)
        case "sse-endless-line":
            writer.write(chunk(b"data: "))
            while True:
                writer.write(chunk(b"x" * 16384))
                await writer.drain()
                await asyncio.sleep(0)
    return None
