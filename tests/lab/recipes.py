"""Configurations of the real servers, one misconfiguration at a time. Each function writes into the daemon's folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.lab.mint import Leaf
from tests.lab.server import LOOPBACK

_PASS = (
    "proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header Connection ''; "
    "proxy_buffering off; proxy_read_timeout 600s;"
)
NGINX = {
    "ok": "location / { proxy_pass UPSTREAM; PASS }",
    "body-limit": "client_max_body_size 1k; location / { proxy_pass UPSTREAM; PASS }",
    "upstream-down": "location / { proxy_pass http://127.0.0.1:1; PASS }",
    "upstream-slow": "location / { proxy_pass UPSTREAM; proxy_read_timeout 200ms; }",
    "basic-auth": (
        "auth_basic 'Lab Gateway'; auth_basic_user_file FOLDER/users; location / { proxy_pass UPSTREAM; PASS }"
    ),
    "strip-auth": (
        "location / { proxy_pass UPSTREAM; PASS proxy_set_header Authorization ''; proxy_set_header x-api-key ''; }"
    ),
    "redirect-https": "location / { return 301 https://$host$request_uri; }",
    "prefix": "location /anthropic/ { proxy_pass UPSTREAM/; PASS }",
    "front-end": (
        "location /anthropic/ { proxy_pass UPSTREAM/; PASS } "
        "location / { default_type text/html; return 200 '<html><title>Example Corp AI Portal</title></html>'; }"
    ),
    "deny": "deny all; location / { proxy_pass UPSTREAM; PASS }",
    "rate-limit": "location / { limit_req zone=lab; limit_req_status 429; proxy_pass UPSTREAM; PASS }",
    "sse-timeout": (
        "location / { proxy_pass UPSTREAM; proxy_http_version 1.1; proxy_buffering off; proxy_read_timeout 200ms; }"
    ),
    "no-answer": "return 444;",
}


def squid(
    folder: Path,
    port: int,
    user: str,
    password: str,
    deny: Sequence[str],
    ports: str,
    hosts: Sequence[str],
    account: str | None,
) -> None:
    """squid.conf, a hosts file, and a helper that knows one user; ``account`` is whom squid becomes when root."""
    (folder / "hosts").write_text("".join(f"{LOOPBACK} {host}\n" for host in hosts))
    lines = [
        f"http_port {LOOPBACK}:{port}",
        "visible_hostname proxy.corp.test",
        f"pid_filename {folder}/pid",
        f"hosts_file {folder}/hosts",
        "cache deny all",
        "cache_mem 4 MB",
        f"access_log stdio:{folder}/access.log",
        f"cache_log {folder}/cache.log",
        f"coredump_dir {folder}",
        "shutdown_lifetime 0 seconds",
        "connect_timeout 2 seconds",
        "forward_timeout 2 seconds",
        "dns_timeout 1 seconds",
        f"dns_nameservers {LOOPBACK}",  # names outside the hosts file are asked of nobody
        "max_filedescriptors 1024",
        "netdb_filename none",
        "pinger_enable off",
        f"acl SSL_ports port {ports}",
        "acl CONNECT method CONNECT",
        "http_access deny CONNECT !SSL_ports",
    ]
    if account is not None:
        lines.append(f"cache_effective_user {account}")
    if deny:
        lines += [f"acl blocked dstdomain {' '.join(deny)}", "http_access deny blocked"]
    if user:
        (folder / "user").write_text(f"{user} {password}\n")
        helper = folder / "helper"
        helper.write_text(
            '#!/bin/sh\nread -r known < "$(dirname "$0")/user"\n'
            'while read -r asked; do if [ "$asked" = "$known" ]; then echo OK; else echo ERR; fi; done\n'
        )
        helper.chmod(0o755)
        lines += [
            f"auth_param basic program {helper}",
            "auth_param basic children 1",
            "auth_param basic realm Lab Squid",
            "acl authed proxy_auth REQUIRED",
            "http_access deny !authed",
        ]
    (folder / "squid.conf").write_text("\n".join([*lines, "http_access allow localhost", "http_access deny all", ""]))


def nginx(
    folder: Path,
    port: int,
    variant: str,
    upstream: str,
    leaf: Leaf | None,
    client_ca: Path | None,
    account: str | None,
) -> None:
    """nginx.conf with one server; user of basic-auth is alice with s3cret."""
    (folder / "users").write_text("alice:{PLAIN}s3cret\n")
    (folder / "users").chmod(0o644)
    temp = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
    server = NGINX[variant].replace("UPSTREAM", upstream or "http://127.0.0.1:1").replace("FOLDER", str(folder))
    tls = ""
    if leaf:
        server = f"ssl_certificate {leaf.chain}; ssl_certificate_key {leaf.key}; {server}"
        tls = " ssl"
    if client_ca:
        server = f"ssl_client_certificate {client_ca}; ssl_verify_client on; {server}"
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log info;\n"
        + (f"user {account};\n" if account else "")
        + "events { worker_connections 64; }\n"
        + f"http {{ access_log {folder}/access.log; client_body_temp_path {folder}/body; {temp}\n"
        + "limit_req_zone $binary_remote_addr zone=lab:1m rate=1r/m;\n"
        + f"server {{ listen {LOOPBACK}:{port}{tls}; server_name _; {server.replace('PASS', _PASS)} }} }}\n"
    )


def tinyproxy(folder: Path, port: int, user: str, password: str, deny: Sequence[str]) -> None:
    """tinyproxy.conf and its filter."""
    lines = [f"Port {port}", f"Listen {LOOPBACK}", "Timeout 60", f"Allow {LOOPBACK}", "LogLevel Info"]
    lines.append(f'LogFile "{folder}/access.log"')
    if user:
        lines.append(f"BasicAuth {user} {password}")
    if deny:
        (folder / "filter").write_text("".join(f"^{host.replace('.', '[.]')}$\n" for host in deny))
        lines.append(f'Filter "{folder}/filter"')
    (folder / "tinyproxy.conf").write_text("\n".join([*lines, ""]))


HAPROXY = {
    "ok": "  default_backend up",
    "no-server": "  default_backend none",
    "deny": "  http-request deny",
    "rate-limit": "  http-request deny deny_status 429",
    "idle-cut": "  default_backend up",
}


def haproxy(folder: Path, port: int, variant: str, upstream: str) -> None:
    """haproxy.cfg with one frontend; ``idle-cut`` has no patience with a quiet stream."""
    patience = "300ms" if variant == "idle-cut" else "10s"
    (folder / "haproxy.cfg").write_text(
        "defaults\n  mode http\n  timeout connect 1s\n"
        f"  timeout client {patience}\n  timeout server {patience}\n"
        f"frontend in\n  bind {LOOPBACK}:{port}\n{HAPROXY[variant]}\n"
        f"backend up\n  server one {upstream}\n"
        "backend none\n"
    )


def dnsmasq(port: int, mode: str, names: Mapping[str, str]) -> list[str]:
    """The command line of dnsmasq: it reads no file and asks nobody."""
    options = [
        "--no-daemon",
        "--conf-file=/dev/null",
        "--no-resolv",
        "--no-hosts",
        "--pid-file=",
        f"--port={port}",
        f"--listen-address={LOOPBACK}",
        "--bind-interfaces",
        "--local-ttl=1",
    ]
    if mode == "hijack":
        return [*options, f"--address=/#/{names['ip']}"]
    options.append("--local=/#/")
    pairs = {name.replace("__", "."): value for name, value in names.items()}
    if mode == "nodata":
        return [*options, *(f"--txt-record={name},nodata" for name in pairs)]
    if mode == "sinkhole":
        return [*options, *(f"--address=/{name}/#" for name in pairs)]
    return [*options, *(f"--host-record={name},{value}" for name, value in pairs.items())]
