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
_IGNORED = re.compile(r"\s*socks", re.I)
"""What Claude Code passes over in ALL_PROXY without a word, though not in the other variables (2.1.330, oracle)."""


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
            return (*_CLAUDE_ORDER, "all_proxy", "ALL_PROXY") if _is_modern(client) else _CLAUDE_ORDER
        case ClientName.PYTHON_SDK:
            return (f"{scheme}_proxy", f"{scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY")
        case ClientName.TYPESCRIPT_SDK:
            return ()  # Node's fetch reads none of them


def choose(client: Client, url: Url, resolutions: Mapping[str, Resolution]) -> Choice:
    """Decide for one URL."""
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
        if client.name is ClientName.CLAUDE_CODE and name.upper() == "ALL_PROXY" and _IGNORED.match(found.text):
            continue
        setting = found
        break
    if setting is None:
        return Choice()
    bypass = bypassing_entry(client, url, resolutions)
    if bypass:
        return Choice(setting=setting, bypass=bypass)
    try:
        _check_ends(client, setting)
        return Choice(read(setting.text, setting.name, lenient(client, setting)), setting)
    except ValueError as error:
        return Choice(setting=setting, problem=str(error))


def _check_ends(client: Client, setting: Setting) -> None:
    """Raise ValueError where white space at an end is taken for part of the address (oracle): by httpx always, by
    Claude Code in ALL_PROXY only."""
    trims = client.name is ClientName.CLAUDE_CODE and setting.name.upper() != "ALL_PROXY"
    if setting.text != setting.text.strip() and not trims:
        raise ValueError("it has white space at an end, which the client does not remove")


def lenient(client: Client, setting: Setting) -> bool:
    """True where the client repairs a value without scheme: httpx, and Claude Code with ``-p`` for ALL_PROXY since
    2.1.280 and for the shell's HTTPS_PROXY since 2.1.327 (2.1.326 stops; oracle)."""
    if client.name is ClientName.CLAUDE_CODE:
        if setting.name.upper() == "ALL_PROXY":
            return _is_modern(client)
        shell = setting.name.upper() == "HTTPS_PROXY" and setting.origin.kind == "environment"
        return shell and client.release >= (2, 1, 327)
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


def no_proxy(resolutions: Mapping[str, Resolution], client: Client | None = None) -> Setting | None:
    """The NO_PROXY setting that decides: the lower-case spelling before the upper-case one. Only Claude Code's Node
    builds ask the other way round (2.0.77, oracle)."""
    names = ("NO_PROXY", "no_proxy") if client and _is_node(client) else ("no_proxy", "NO_PROXY")
    for name in names:
        resolution = resolutions.get(name)
        if resolution and resolution.winner and resolution.winner.text.strip():
            return resolution.winner
    return None


def bypassing_entry(client: Client, url: Url, resolutions: Mapping[str, Resolution]) -> str:
    """The entry of NO_PROXY that sends this URL past the proxy, or an empty string."""
    setting = no_proxy(resolutions, client)
    if setting is None:
        return ""
    separator = r"[,\s]+" if _is_modern(client) or _is_node(client) else ","
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


def _undici(entry: str, url: Url) -> bool:
    """What the Node builds do: a plain name is that host only; behind a leading dot or star only its end counts."""
    name, colon, port = entry.rpartition(":")
    if not (colon and port.isdigit()):
        name, port = entry, ""
    if port and port != str(url.port):
        return False
    host = url.host.lower()
    return host.endswith(name.removeprefix("*")) if name[:1] in (".", "*") else host == name


def _claude(client: Client, entry: str, url: Url) -> bool:
    if _is_node(client):
        return _undici(entry, url)
    host = url.host.lower()
    if entry == f"{host}:{url.port}":
        return True
    if entry.startswith("."):
        return host.endswith(entry) or host == entry[1:]
    if _is_modern(client):
        if "/" in entry:
            return _in_network(entry, host)
        if entry in (f"[{host}]", f"[{host}]:{url.port}"):
            return True
        entry = entry.removeprefix("*.").removesuffix(".")
        if entry == host:
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
    if name.startswith("."):
        return host.endswith(name)
    return host in (name, name.strip("[]")) or (not is_address(host) and host.endswith("." + name))


def _is_modern(client: Client) -> bool:
    """Claude Code since its own fetch stack took over. Measured with the published versions (oracle): 2.1.278 and
    before ignore ALL_PROXY for API calls and know neither networks, blanks nor ``*.`` in NO_PROXY; 2.1.280 and later
    obey them (2.1.279 was not published)."""
    return client.name is ClientName.CLAUDE_CODE and client.release >= (2, 1, 280)


def _is_node(client: Client) -> bool:
    """Claude Code as a Node program, which npm had until 2.1.112; its proxies are undici's."""
    return client.name is ClientName.CLAUDE_CODE and client.release < (2, 1, 113)


def _is_httpx2(client: Client) -> bool:
    return client.name is ClientName.PYTHON_SDK and client.release >= (1,)


def _in_network(entry: str, host: str) -> bool:
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False
