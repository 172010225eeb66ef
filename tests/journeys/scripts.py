"""The scripts: homes with one thing wrong, as the core would report them. No real host, user or key."""

from __future__ import annotations

from tests.journeys.blocks import (
    API,
    CANARY,
    ENVIRONMENT,
    GATEWAY,
    MASKED,
    OUTLOOK,
    at,
    end,
    reach,
    row,
    run,
)
from tests.journeys.scripted import Expected, Script
from tui.core.ask import Stage
from tui.core.events import (
    RunEvent,
    Status,
)
from tui.core.model import (
    Applicability,
    Confidence,
    Edit,
    EditOp,
    Evidence,
    Finding,
    Ranked,
    Remedy,
    Role,
    Severity,
    Verdict,
)

TESTED = (
    f"the way to {API}: name, address, certificate, first answer",
    "the credential, with a free request",
    "the model claude-sonnet-5",
)
HEALTHY = run(
    reach(API),
    row(Stage.AUTH, f"GET https://{API}/v1/models", 118.0, detail="The API accepts this credential."),
    row(Stage.MODEL, "claude-sonnet-5", 3.0, detail="The model is listed for this credential."),
    end(
        Verdict.HEALTHY,
        f"Claude Code reaches {API}, the API accepts the credential and the model is there.",
        tested=TESTED,
        untested=("a real message (allow it with m)", "how much is left of the limits"),
    ),
)

# --- the base URL ends in /v1 -------------------------------------------------------------------------------------

REMOVE_V1 = Remedy(
    "drop-v1",
    "Remove /v1 from the end of ANTHROPIC_BASE_URL",
    Applicability.SAFE,
    edits=(Edit("/x/.env", "~/work/shop/.env", EditOp.SET, ("ANTHROPIC_BASE_URL",), f"https://{GATEWAY}"),),
    reopen=("client",),
)
PREFIX = Remedy(
    "other-prefix",
    "Keep the path, and ask whoever runs the gateway for the right one",
    Applicability.MANUAL,
    steps=(
        f"Which base URL should Claude Code use for {GATEWAY}? With /v1 at its end, every request is answered 404.",
    ),
)
BASE_URL = Ranked(
    Finding(
        "cfg-base-url-path",
        "The base URL ends in /v1, which the client adds itself",
        f"Requests go to https://{GATEWAY}/v1/v1/messages, and the gateway has nothing there. One level up, the same "
        "request is answered.",
        (
            Evidence("ANTHROPIC_BASE_URL ends in /v1", f"https://{GATEWAY}/v1", at("~/work/shop/.env", 2)),
            Evidence("with /v1 the answer is 404", "POST /v1/v1/messages/count_tokens: 404, 31 ms"),
            Evidence("without /v1 it is 200, with the same credential", "POST /v1/messages/count_tokens: 200, 44 ms"),
        ),
        (REMOVE_V1, PREFIX),
    ),
    Role.ROOT,
)
NO_MODEL = Ranked(
    Finding(
        "model-not-found",
        "Claude Code reports an issue with the selected model",
        "The name of the model is fine; the address is not.",
        (Evidence("404 was answered", "not_found_error"),),
    ),
    Role.CONSEQUENCE,
    ("cfg-base-url-path",),
)
ENV_BEFORE = (
    f"# shop\nANTHROPIC_BASE_URL=https://{GATEWAY}/v1\nANTHROPIC_API_KEY={CANARY}\nSHOP_DB=postgres://localhost/shop\n"
)
BASE_URL_BROKEN = run(
    reach(GATEWAY),
    row(
        Stage.AUTH,
        f"GET https://{GATEWAY}/v1/v1/models",
        31.0,
        Status.FAIL,
        "The gateway has nothing at this path (404).",
    ),
    row(Stage.AUTH, f"GET https://{GATEWAY}/v1/models", 44.0, detail="It answers (200).", comparison=True),
    end(Verdict.BROKEN, "The base URL ends in /v1, which the client adds itself.", BASE_URL, NO_MODEL),
    base_url=f"https://{GATEWAY}/v1",
)
BASE_URL_MENDED = run(
    reach(GATEWAY),
    row(Stage.AUTH, f"GET https://{GATEWAY}/v1/models", 44.0, detail="The gateway accepts this credential."),
    row(Stage.MODEL, "claude-sonnet-5", 3.0, detail="The model is listed for this credential."),
    end(Verdict.HEALTHY, f"Claude Code reaches {GATEWAY}, and the credential is accepted.", tested=TESTED[1:]),
    base_url=f"https://{GATEWAY}",
)

# --- a key in quotes ----------------------------------------------------------------------------------------------

QUOTES = Ranked(
    Finding(
        "cfg-credential-malformed",
        "The key is sent with its quotation marks",
        "The quotation marks in the file are part of the value for this client. Without them the API accepts the key.",
        (
            Evidence("the value starts and ends with a quotation mark", MASKED, at("~/.claude/settings.json", 4)),
            Evidence("without them the API accepts it", "GET /v1/models: 200, 118 ms"),
        ),
        (
            Remedy(
                "unquote",
                "Remove the quotation marks around ANTHROPIC_API_KEY",
                Applicability.SAFE,
                edits=(Edit("/x/settings.json", "~/.claude/settings.json", EditOp.SET, ("env", "ANTHROPIC_API_KEY")),),
                reopen=("client",),
            ),
        ),
    ),
    Role.ROOT,
)
QUOTES_BEFORE = '{\n  "model": "sonnet",\n  "env": {\n    "ANTHROPIC_API_KEY": "\\"' + CANARY + '\\""\n  }\n}\n'

# --- the first-run check is blocked -------------------------------------------------------------------------------

BLOCKED = Ranked(
    Finding(
        "cfg-preflight-blocked",
        "Only the check that Claude Code makes at its first start is blocked",
        f"Your gateway answers. Before its first start Claude Code also asks {API}, and a filter on your network "
        "forbids that. It never needs to ask there again.",
        (
            Evidence("the gateway works", f"GET https://{GATEWAY}/v1/models: 200, 44 ms"),
            Evidence(f"https://{API}/api/hello is answered by a filter", "403, Server: corp-filter"),
            Evidence("the first start was never finished", "hasCompletedOnboarding is missing", at("~/.claude.json")),
        ),
        (
            Remedy(
                "onboarded",
                "Tell Claude Code that its first start is done",
                Applicability.CHOICE,
                edits=(Edit("/x/.claude.json", "~/.claude.json", EditOp.SET, ("hasCompletedOnboarding",), value=True),),
                reopen=("client",),
            ),
            Remedy(
                "ask-filter",
                f"Ask your administrator to allow {API}",
                Applicability.MANUAL,
                steps=(f"Please allow HTTPS to {API} and platform.claude.com, port 443.",),
            ),
        ),
    ),
    Role.ROOT,
)

# --- a proxy that is gone -----------------------------------------------------------------------------------------

PROXY = Ranked(
    Finding(
        "cfg-proxy-stale",
        "Requests go to a proxy that no longer answers",
        "Every request is sent through http://10.0.0.5:3128, and nothing accepts connections there. Without the proxy "
        "the API answers in 212 ms.",
        (
            Evidence("HTTPS_PROXY is set", "http://10.0.0.5:3128", ENVIRONMENT),
            Evidence("10.0.0.5:3128 refused the connection", "tried 2 times, 0.9 s"),
            Evidence("the direct way to the API works", "212 ms"),
        ),
        (
            Remedy(
                "unset-proxy",
                "Unset HTTPS_PROXY in this terminal",
                Applicability.MANUAL,
                commands=("unset HTTPS_PROXY https_proxy",),
                reopen=("client",),
            ),
            Remedy(
                "need-proxy",
                "I need that proxy",
                Applicability.MANUAL,
                steps=("The proxy 10.0.0.5:3128 refuses connections from this machine. Which one should be used?",),
            ),
        ),
    ),
    Role.ROOT,
)
UNABLE = Ranked(
    Finding("proxy-down", 'Claude Code reports "Unable to connect"', "", (Evidence("refused", "refused"),)),
    Role.CONSEQUENCE,
    ("cfg-proxy-stale",),
)

# --- the key is refused; nothing is configured; nothing can be told ---------------------------------------------------

INVALID = Ranked(
    Finding(
        "auth-invalid-key",
        "The API rejects this key",
        "The key has the right form, and the API does not know it. It may have been deleted, or belong elsewhere.",
        (
            Evidence("the API answers 401", "authentication_error: invalid x-api-key"),
            Evidence("the key was read here", MASKED, at("~/work/shop/.env", 3)),
        ),
        (
            Remedy(
                "new-key",
                "Make a new key and put it into the file",
                Applicability.MANUAL,
                steps=(
                    "Open the console of the Claude API and make a new key.",
                    "Replace ANTHROPIC_API_KEY in ~/work/shop/.env line 3.",
                ),
            ),
        ),
        confidence=Confidence.PROVEN,
    ),
    Role.ROOT,
)
MISSING = Ranked(
    Finding(
        "cfg-credential-missing",
        "No credential is configured, and nobody is logged in",
        "Claude Code would ask you to log in. No key was found in the environment or in any file.",
        (Evidence("no key in 6 files and the environment", "nothing found"),),
        (
            Remedy("login", "Log in with Claude Code", Applicability.MANUAL, commands=("claude /login",)),
            Remedy(
                "key", "Set a key for this terminal", Applicability.MANUAL, commands=("export ANTHROPIC_API_KEY=…",)
            ),
        ),
    ),
    Role.ROOT,
)
SLOW_LINK = Ranked(
    Finding(
        "ipv6-broken",
        "IPv6 is published but dead",
        "Programs that try it first wait before they fall back to IPv4.",
        (Evidence("IPv6 timed out, IPv4 connects", "4 s, 18 ms"),),
        severity=Severity.NOTE,
    ),
    Role.NOTE,
)


def _auth(host: str, status: Status, detail: str) -> tuple[RunEvent, ...]:
    return row(Stage.AUTH, f"GET https://{host}/v1/models", 118.0, status, detail)


SCRIPTS = {
    script.name: script
    for script in (
        Script("healthy", OUTLOOK, HEALTHY),
        Script(
            "base-url",
            Expected(OUTLOOK.files, (GATEWAY,)),
            BASE_URL_BROKEN,
            BASE_URL_MENDED,
            "~/work/shop/.env",
            ENV_BEFORE,
            ENV_BEFORE.replace("/v1\n", "\n", 1),
            ((CANARY, MASKED),),
        ),
        Script(
            "quotes",
            OUTLOOK,
            run(
                reach(API),
                _auth(API, Status.FAIL, "The API rejects this credential (401)."),
                end(Verdict.BROKEN, "The key is sent with its quotation marks.", QUOTES),
            ),
            HEALTHY,
            "~/.claude/settings.json",
            QUOTES_BEFORE,
            QUOTES_BEFORE.replace('\\"', ""),
            ((CANARY, MASKED),),
        ),
        Script(
            "onboarding",
            Expected(OUTLOOK.files, (GATEWAY, API, "platform.claude.com")),
            run(
                reach(GATEWAY),
                row(Stage.ONBOARDING, f"GET https://{API}/api/hello", 12.0, Status.FAIL, "A filter answers (403)."),
                _auth(GATEWAY, Status.PASS, "The gateway accepts this credential."),
                end(Verdict.BROKEN, "Only the first-run check is blocked.", BLOCKED),
                base_url=f"https://{GATEWAY}",
            ),
            BASE_URL_MENDED,
            "~/.claude.json",
            '{\n  "numStartups": 0\n}\n',
            '{\n  "numStartups": 0,\n  "hasCompletedOnboarding": true\n}\n',
        ),
        Script(
            "proxy",
            OUTLOOK,
            run(
                row(Stage.DNS, API, 4.0),
                row(
                    Stage.PROXY,
                    f"http://10.0.0.5:3128 to {API}:443",
                    900.0,
                    Status.FAIL,
                    "Nothing accepts connections.",
                ),
                row(Stage.TCP, f"{API}:443", 18.0, comparison=True),
                row(Stage.HTTP, f"GET https://{API}/api/hello", 212.0, comparison=True),
                end(Verdict.BROKEN, "Requests go to a proxy that no longer answers.", PROXY, UNABLE),
            ),
        ),
        Script(
            "401",
            OUTLOOK,
            run(
                reach(API),
                _auth(API, Status.FAIL, "The API rejects this credential (401)."),
                end(Verdict.BROKEN, "The API rejects this key.", INVALID, SLOW_LINK),
            ),
        ),
        Script("hang", OUTLOOK, HEALTHY, hang=f"tls:{API}:443"),
        Script(
            "no-credential",
            OUTLOOK,
            run(
                reach(API),
                _auth(API, Status.FAIL, "The API asks for a credential (401)."),
                end(Verdict.BROKEN, "No credential is configured, and nobody is logged in.", MISSING),
            ),
        ),
        Script(
            "unknown",
            OUTLOOK,
            run(
                reach(API),
                row(Stage.AUTH, f"GET https://{API}/v1/models", 4000.0, Status.WARN, "The answer was cut off."),
                end(
                    Verdict.UNKNOWN,
                    "The network and the settings look right, and the credential could not be tried.",
                    tested=TESTED[:1],
                    untested=("the credential: the answer was cut off", "the model", "a real message"),
                ),
            ),
        ),
    )
}
