"""The fault lab: real and scripted servers on loopback, started and stopped by the tests.

server.py        Server: accepts in the test's own event loop, leaves nothing behind; reset() is a real RST
wire.py          Request, Headers, Answer: just enough HTTP/1.1 to be precise about what is wrong
double.py        ApiDouble: an Anthropic-shaped API that can break in one way at a time (mode=, identity=)
  answers.py       whole answers: edges, portals, accounts, gateways
  identities.py    what each gateway product puts on its answers
  routes.py        request → answer, for an endpoint that works
  streams.py       events of a stream, and the ways in which a stream fails
  mischief.py      broken bodies, broken connections, hostile peers
faults.py        refused_port, backlog_full, Fault: trouble below HTTP
proxies.py       Proxy (CONNECT and absolute form) and Socks5
certificates.py  Pki: every certificate the lab needs, made once per session
daemons.py       squid, nginx, tinyproxy, haproxy, dnsmasq: the real ones
guard.py         no test reaches another machine
canary.py        planted credentials that no output may show
fixtures.py      all of this as pytest fixtures, exported by tests/conftest.py
"""
