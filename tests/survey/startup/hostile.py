"""Start-up files that do harm to whoever starts their shell, by what they do."""

from __future__ import annotations

POSIX: dict[str, str] = {
    "prints": "echo noise; printf 'NOISE\\0' ; echo more >&2",
    "huge output": "i=0; while [ $i -lt 20000 ]; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; i=$((i+1)); done",
    "aliases": "alias env='echo hijacked'; alias printf='echo hijacked'",
    "functions": "env() { echo hijacked; }; printf() { echo hijacked; }; cat() { :; }",
    "a child that keeps everything open": "sleep 1000 &",
    "a daemon": "(setsid sleep 5 & ) ; nohup sleep 5 >/dev/null 2>&1 &",
    "sleeps": "sleep 1000",
    "another program": "exec sleep 1000",
    "a short program": "exec true",
    "closes descriptors": "exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-",
    "writes to descriptors": "for n in 3 4 5 6 7 8 9; do echo noise >&$n; done 2>/dev/null",
    "yes": "yes",
    "exits": "exit 1",
    "loops": "while :; do :; done",
    "bad syntax": "if then fi ((",
    "stops at errors": "set -e; false",
    "a trap": "trap 'echo bye; sleep 1000' EXIT",
    "reads": "read answer; read -r other",
    "the terminal": "stty sane; stty -echo; tput reset",
    "several lines": "export ANTHROPIC_CUSTOM_HEADERS='a: b\nc: d\nUNSNARL-END=1'",
    "not UTF-8": "export NO_PROXY=$(/usr/bin/printf 'caf\\351')",
    "kills itself": "kill -9 $$",
    "changes PATH": "PATH=/nowhere; export PATH",
    "noclobber": "set -C; set -u; set -f",
}
"""For bash and zsh."""

FISH: dict[str, str] = {
    "prints": "echo noise; printf 'NOISE\\0'; echo more >&2",
    "huge output": "for i in (seq 20000); echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; end",
    "aliases": "alias env 'echo hijacked'; alias printf 'echo hijacked'",
    "functions": "function env; echo hijacked; end; function printf; echo hijacked; end",
    "a child that keeps everything open": "sleep 1000 &",
    "a daemon": "sh -c 'setsid sleep 5 &'",
    "sleeps": "sleep 1000",
    "another program": "exec sleep 1000",
    "a short program": "exec true",
    "yes": "yes",
    "exits": "exit 1",
    "loops": "while true; end",
    "bad syntax": "if if end )(",
    "a trap": "trap 'echo bye; sleep 1000' EXIT",
    "reads": "read answer",
    "the terminal": "stty sane; tput reset",
    "several lines": "set -gx ANTHROPIC_CUSTOM_HEADERS 'a: b\nc: d\nUNSNARL-END=1'",
    "not UTF-8": "set -gx NO_PROXY (command printf 'caf\\xe9')",
    "kills itself": "kill -9 %self; kill -9 $fish_pid",
    "changes PATH": "set -gx PATH /nowhere",
}

ANSWERS = {"prints", "huge output", "aliases", "functions", "a child that keeps everything open", "a daemon", "reads",
           "the terminal", "several lines", "not UTF-8", "changes PATH", "noclobber", "closes descriptors",
           "a trap"}  # fmt: skip
"""What a good starter of shells survives, and gets an answer."""
ENDS = {"sleeps", "another program", "a short program", "yes", "exits", "loops", "kills itself", "stops at errors"}
"""Where there is no answer: the file really keeps every terminal from coming up."""
