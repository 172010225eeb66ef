"""Which proxy a client uses for a URL, by that client's own rules (pure). Sources: network.md §2.3 and §6, measured."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from tui.core.model import Client, ClientName, Proxy, Resolution, Setting
from tui.core.secret import Secret
from tui.core.url import Url, is_address, split

_CLAUDE_ORDER = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY")


@dataclass(frozen=True, slots=True)
class Choice:
    """The proxy in force (None: direct), the setting that decided, and the NO_PROXY entry that bypasses it."""

    proxy: Proxy | None = None
    setting: Setting | None = None
    problem: str = ""
    bypass: str = ""


def variables(client: Client, scheme: str) -> tuple[str, ...]:
    """The variables that a client looks at for a URL of this scheme, first one wins."""
    match client.name:
        case ClientName.CLAUDE_CODE:
            # ALL_PROXY is obeyed since the client's fetch stack took over (2.1.330 measured; ignored by 2.1.197).
            return (*_CLAUDE_ORDER, "all_proxy", "ALL_PROXY") if _is_modern(client) else _CLAUDE_ORDER
        case ClientName.PYTHON_SDK:
            return (f"{scheme}_proxy", f"{scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY")
        case ClientName.TYPESCRIPT_SDK:
            return ()  # Node's fetch reads none of them


def choose(client: Client, url: Url, resolutions: Mapping[str, Resolution]) -> Choice:
    """Decide for one URL."""
    if client.name is ClientName.CLAUDE_CODE and client.release < (2, 1) and url.scheme == "http":
        return Choice()  # 2.0.77 never proxies http:// targets
    setting = None
    for name in variables(client, url.scheme):
        resolution = resolutions.get(name)
        found = resolution.winner if resolution else None
        if found is None:
            continue
        if not found.text.strip():
            if client.name is ClientName.PYTHON_SDK and name.islower():
                return Choice()  # httpx takes an empty lower-case variable for "no proxy"
            continue
        setting = found
        break
    if setting is None:
        return Choice()
    bypass = bypassing_entry(client, url, resolutions)
    if bypass:
        return Choice(setting=setting, bypass=bypass)
    try:
        return Choice(read(setting.text, setting.name, lenient(client, setting)), setting)
    except ValueError as error:
        return Choice(setting=setting, problem=str(error))


def lenient(client: Client, setting: Setting) -> bool:
    """True where the client repairs a value without scheme (2.1.330 with -p, and httpx)."""
    if client.name is ClientName.CLAUDE_CODE:
        repaired = setting.name.upper() in ("HTTPS_PROXY", "ALL_PROXY") and setting.origin.kind == "environment"
        return _is_modern(client) and repaired
    return True


def read(text: str, variable: str, lenient: bool = False) -> Proxy:
    """Read a proxy URL as a client does. Raises ValueError with a sentence that says what is wrong."""
    text = text.strip()
    if text[:1] in "\"'" or text[-1:] in "\"'":
        raise ValueError("it carries quotation marks")
    if "://" not in text:
        if not lenient:
            raise ValueError("it has no http:// in front")
        text = "http://" + text
    if "#" in text:
        raise ValueError("it has an unencoded # in it, at which a URL ends; write %23 instead")
    parts = split(text)
    if re.search(r"%(?![0-9A-Fa-f]{2})", parts.netloc):
        raise ValueError("it has an unencoded % in it; write %25 instead")
    if not parts.hostname:
        raise ValueError("it names no host")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("its port is not a number; a / or ? in the password must be percent-encoded") from None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h"):
        raise ValueError(f"its scheme is {scheme!r}, not http")
    default = {"http": 80, "https": 443}.get(scheme, 1080)
    password = None if parts.password is None else Secret(unquote(parts.password))
    return Proxy(scheme, parts.hostname, port or default, unquote(parts.username or ""), password, variable)


def no_proxy(resolutions: Mapping[str, Resolution]) -> Setting | None:
    """The NO_PROXY setting that decides: the lower-case spelling before the upper-case one."""
    for name in ("no_proxy", "NO_PROXY"):
        resolution = resolutions.get(name)
        if resolution and resolution.winner and resolution.winner.text.strip():
            return resolution.winner
    return None


def bypassing_entry(client: Client, url: Url, resolutions: Mapping[str, Resolution]) -> str:
    """The entry of NO_PROXY that sends this URL past the proxy, or an empty string."""
    setting = no_proxy(resolutions)
    if setting is None:
        return ""
    separator = r"[,\s]+" if _is_modern(client) else ","
    for entry in (part.strip() for part in re.split(separator, setting.text)):
        if entry and matches(client, entry.lower(), url):
            return entry
    return ""


def matches(client: Client, entry: str, url: Url) -> bool:
    """True if this client takes ``entry`` for the URL's host."""
    host = url.host.lower()
    if entry in ("*", host):
        return True
    return _httpx(client, entry, url) if client.name is ClientName.PYTHON_SDK else _claude(client, entry, url)


def _claude(client: Client, entry: str, url: Url) -> bool:
    host = url.host.lower()
    if entry.startswith("."):
        return host.endswith(entry) or host == entry[1:]
    if _is_modern(client):
        if "/" in entry:
            return _in_network(entry, host)
        if entry in (f"{host}:{url.port}", f"[{host}]", f"[{host}]:{url.port}"):
            return True
    return not is_address(host) and host.endswith("." + entry)


def _httpx(client: Client, entry: str, url: Url) -> bool:
    """httpx turns an entry into a URL pattern: a port in it must not be the default one, a scheme makes it exact."""
    host = url.host.lower()
    scheme, separator, rest = entry.rpartition("://")
    name, _, port = rest.partition(":") if rest.count(":") == 1 else (rest, "", "")  # more of them: an IPv6 address
    default = 443 if url.scheme == "https" else 80
    if port and (url.port == default or port != str(url.port)):
        return False
    if separator:
        return scheme in (url.scheme, "all") and host == name
    if "/" in name:
        return _is_httpx2(client) and _in_network(name, host)
    if name.startswith("*."):
        return _is_httpx2(client) and host.endswith(name[1:])
    if name.startswith("."):
        return host.endswith(name)
    return host in (name, name.strip("[]")) or (not is_address(host) and host.endswith("." + name))


def _is_modern(client: Client) -> bool:
    """Claude Code since its own fetch stack took over; the boundary is that of the first-run check's new text."""
    return client.name is ClientName.CLAUDE_CODE and client.release >= (2, 1, 222)


def _is_httpx2(client: Client) -> bool:
    return client.name is ClientName.PYTHON_SDK and client.release >= (1,)


def _in_network(entry: str, host: str) -> bool:
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False
