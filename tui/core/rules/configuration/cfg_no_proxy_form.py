"""NO_PROXY names the host in a form that the client does not understand.

## What it means
There is no standard for NO_PROXY. An entry such as *.corp.example works in some programs and is ignored by others, so
requests that should go direct are sent to the proxy.

## Why we believe it
An entry clearly means this host, the client does not take it, the proxy refuses, and the direct way works.

## How to fix
Write the host itself and its domain with a leading dot: every client understands that form.

## Fix safety
Safe: it says what you already meant.
"""

from __future__ import annotations

import re

from tui.core import course
from tui.core.facts import Facts
from tui.core.model import Evidence, Finding
from tui.core.rules import remedies
from tui.core.rules.clues import Way, where
from tui.core.rules.rule import Judgement
from tui.core.survey import proxies
from tui.core.url import Url, is_address

CODE = "cfg-no-proxy-form"
EXPLAINS = {
    "proxy-denied",
    "proxy-down",
    "cfg-no-proxy-missing",
    "proxy-upstream-fail",
    "proxy-port-denied",
    "cfg-proxy-stale",
    "gw-access-denied",
    "gw-upstream-down",
}


def check(facts: Facts) -> Judgement:
    way = Way(facts)
    setting = proxies.no_proxy(facts.resolutions)
    if not way.usable or setting is None or facts.target.proxy is None or way.works:
        return
    entry = next((e for e in re.split(r"[,;\s]+", setting.text) if e and means(e.lower(), way.url)), None)
    if entry is None:
        return
    ask = course.hello(facts.target, way.url, None, detour=True)
    seen = facts.seen(ask)
    if seen is None:
        yield ask
        return
    if not seen.answered or seen.status >= 500:
        return
    value = rewritten(setting.text, entry, way.url)
    yield Finding(
        CODE,
        f"{setting.name} means {way.host}, but in a form that {facts.client.title} does not understand",
        f"The entry “{entry}” is ignored, so requests go to the proxy, which does not let them through.",
        (
            where("The exceptions in force", setting),
            Evidence("The request was sent to the proxy all the same", str(facts.target.proxy)),
            Evidence("Without the proxy the endpoint answers", f"HTTP {seen.status}"),
        ),
        (remedies.give(facts, setting, value, "portable-no-proxy", f"Write {value}"),),
    )


def means(entry: str, url: Url) -> bool:
    """True if a person would read this entry as naming the host."""
    bare = re.sub(r"^[a-z]+://", "", entry).split("/")[0] if "://" in entry else entry
    bare = re.sub(r":\d+$", "", bare).lstrip("*").strip("[]")
    host = url.host.lower()
    if "/" in bare:
        return host.startswith(bare.split("/")[0].rsplit(".0", 1)[0].rstrip("0").rstrip(".")) and is_address(host)
    return host == bare.lstrip(".") or (bare.startswith(".") and host.endswith(bare))


def rewritten(text: str, entry: str, url: Url) -> str:
    """The whole list in the form that every client reads: names and dotted suffixes, separated by commas."""
    found: list[str] = []
    for item in re.split(r"[,;\s]+", text):
        if item == entry:
            found.append(url.host)
            suffix = re.sub(r":\d+$", "", item).lstrip("*")
            if suffix.startswith("."):
                found.append(suffix)
        elif item:
            found.append(item)
    return ",".join(dict.fromkeys(found))
