"""Planted credentials that no output may show, in whatever disguise."""

from __future__ import annotations

import base64
from dataclasses import dataclass, fields
from urllib.parse import quote

SHOWN = 4
"""Last characters that a mask may show."""
WINDOW = 8
"""Length of the pieces that are looked for: a leak of half a key is a leak."""
_PREFIXES = ("sk-ant-api03-", "sk-ant-oat01-", "sk-ant-ort01-", "sk-ant-admin01-", "sk-proj-", "Bearer ")


@dataclass(frozen=True, slots=True)
class Canary:
    """Fake credentials by what they look like. None of them was ever valid."""

    api_key: str = "sk-ant-api03-Kq7Xw2Rz9Vb4Nm6Tc1Yd8Hs3Jf5Lg0Pa-QeUoIy2Wn7Bx4Mv9Zk1Cr6Dt3AA"
    auth_token: str = "gw-Zt5Ry8Ub1Nc4Xm7Vq0Ws3Ed6Rf9Tg2Yh"
    oauth_token: str = "sk-ant-oat01-Bn8Mj5Ku2Li9Oh6Pg3Rf0Td7Yc4Xz1Wv-QsEaDxZc9Vf6Bg3Nh0AA"
    refresh_token: str = "sk-ant-ort01-Lw3Ke6Jr9Ht2Gy5Fu8Di1So4Ap7Zx0Cv-BnMqWeRt6Yu3Io9AA"
    admin_key: str = "sk-ant-admin01-Vh4Gd7Fs0Pa3Lk6Jw9Qe2Rt5Yu8Io1Zx-CvBnMaSd6Fg3Hj0AA"
    openai_key: str = "sk-proj-Xe6Cw9Vr2Bt5Ny8Mu1Qi4Ao7Sp0Dl3Fk6Gj"
    proxy_password: str = "Uf7#Kd2@Wp9:Rm4"
    helper_output: str = "helper-Jb3Vn6Cx9Zq2We5Rt8Yu1Io4Pa7"
    header_value: str = "hdr-Ds4Fg7Hj0Kl3Zx6Cv9Bn2Mq5We8"

    @property
    def values(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(getattr(self, field.name) for field in fields(self))

    @property
    def proxy_url(self) -> str:
        """A proxy URL that carries the password, percent-encoded."""
        return f"http://alice:{quote(self.proxy_password, safe='')}@127.0.0.1:3128"

    def leaks(self, text: str | bytes) -> list[str]:
        """Name the credentials of which ``text`` shows more than a mask may."""
        if isinstance(text, bytes):
            text = text.decode("utf-8", "replace")
        dense = "".join(text.split())  # a screen may have wrapped the line
        return [
            field.name
            for field in fields(self)
            if any(piece in text or piece in dense for piece in pieces(getattr(self, field.name)))
        ]

    def assert_clean(self, text: str | bytes) -> None:
        """Fail where ``text`` shows a credential; the message names it and does not repeat it."""
        leaked = self.leaks(text)
        assert not leaked, f"the output shows {', '.join(leaked)}"


def pieces(value: str) -> frozenset[str]:
    """What must not appear of ``value``: every WINDOW characters of its secret part, plain, percent-encoded, base64."""
    body = value
    for prefix in _PREFIXES:
        body = body.removeprefix(prefix)
    body = body[:-SHOWN] if len(body) > WINDOW + SHOWN else body
    found = {body[start : start + WINDOW] for start in range(max(len(body) - WINDOW, 0) + 1)}
    found.add(quote(value, safe=""))
    for before in ("", ":", "x:", "xy:", "alice:"):
        packed = base64.b64encode(f"{before}{value}".encode()).decode().rstrip("=")
        found.add(packed[8:28])
    return frozenset(found)
