"""What people write into the start-up files of fish."""

from __future__ import annotations

from tests.survey.startup.draw import Draw, Piece


def quote(text: str) -> str:
    """The file as fish takes it."""
    return text


def _word(d: Draw) -> str:
    value = d.value
    single = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    double = '"' + "".join(f"\\{sign}" if sign in '\\$"' else sign for sign in value) + '"'
    return d.one_of(single, double, d.plain, '"$HOME/x"', "~/y", "$HOME/z", "{$HOME}/w", "a\\ b")


def _condition(d: Draw) -> str:
    n = d.name
    return d.one_of(
        "true", "false", f"set -q {n}", f"not set -q {n}", f"! set -q {n}", f'test -n "${n}"', f'test -z "${n}"',
        f'test "${n}" = one', f"set -q {n} NOPE", "test -f ~/.there", "test -e $HOME/.missing", "not test -d ~/.d",
        "status is-interactive", "status --is-login", "type -q no-such-program", "command -sq no-such",
        "test -f ~/.there; and test -d ~/.d", "false; or true", "true && false", "test -f ~/.there -a -d ~/.d",
        "[ -d ~/.d ]", f'string match -q "https*" "${n}"', f"set -gq {n}",
    )  # fmt: skip


PIECES: tuple[Piece, ...] = (
    lambda d: f"set -gx {d.name} {_word(d)}",
    lambda d: f"set -gx {d.name} {_word(d)}",
    lambda d: f"set -x {d.name} {_word(d)}",
    lambda d: f"set --export --global {d.name} {_word(d)}",
    lambda d: f"set -xg {d.name} {_word(d)}  # a comment",
    lambda d: f"set -g {d.name} {_word(d)}",
    lambda d: f"set {d.name} {_word(d)}",
    lambda d: f"set -l {d.name} {_word(d)}",
    lambda d: f"set -lx {d.name} {_word(d)}",
    lambda d: f"set -Ux {d.name} {_word(d)}",
    lambda d: f"set -U {d.name} {_word(d)}",
    lambda d: f"set -gx {d.name} a b c",
    lambda d: f"set -gx {d.name} $NOPE",
    lambda d: f"set -gx {d.name}",
    lambda d: f"set -gx {d.name} ''",
    lambda d: f"export {d.name}={_word(d)}",
    lambda d: f"export {d.name}=one {d.name}=two",
    lambda d: f"set -gxa {d.name} more",
    lambda d: f"set -a {d.name} more",
    lambda d: f"set -p {d.name} before",
    lambda d: f"set -e {d.name}",
    lambda d: f"set -ge {d.name}",
    lambda d: f"set --erase {d.name} {d.name}",
    lambda d: f"set -gu {d.name} {d.plain}",
    lambda d: f"set -gx {d.name} (echo made)",
    lambda d: f'set -gx {d.name} "$(echo made)"',
    lambda d: f"set -gx {d.name} ${d.name}",
    lambda d: f'set -gx {d.name} "${d.name}/more"',
    lambda d: f"set -gx {d.name} ${d.name}/more",
    lambda d: f"set -gx {d.name} ~/.d/*.sh",
    lambda d: f"set -gx {d.name} {{a,b}}",
    lambda d: f"if {_condition(d)}\n  set -gx {d.name} {_word(d)}\nend",
    lambda d: f"if {_condition(d)}\n  set -x {d.name} {d.plain}\nelse\n  set -gx {d.name} {d.plain}\nend",
    lambda d: f"if {_condition(d)}\n  :\nelse if {_condition(d)}\n  set -gx {d.name} b\nelse\n  set -e {d.name}\nend",
    lambda d: f"if {_condition(d)}; set -l {d.name} inner; set -gx {d.name} ${d.name}; end",
    lambda d: f"{_condition(d)}; and set -gx {d.name} {d.plain}",
    lambda d: f"{_condition(d)}; or set -gx {d.name} {d.plain}",
    lambda d: f"set -q {(n := d.name)}; or set -gx {n} {d.plain}",
    lambda d: f"{_condition(d)} && set -gx {d.name} {d.plain}",
    lambda d: f"{_condition(d)} || set -e {d.name}",
    lambda d: f"{_condition(d)}; and begin\n  set -gx {d.name} {d.plain}\nend",
    lambda d: f"begin\n  set -gx {d.name} {d.plain}\n  set -lx {d.name} local\nend",
    lambda d: f"for w in one two three\n  set -gx {d.name} $w\nend",
    lambda d: f"for w in one two; test $w = two; and set -gx {d.name} $w; end",
    lambda d: "for f in ~/.d/*.sh\n  source $f\nend",
    lambda d: "for f in ~/.d/*.sh; test -r $f; and source $f; end",
    lambda d: f"while false; set -gx {d.name} never; end",
    lambda d: f"switch ${d.name}\n  case one\n    set -gx {d.name} matched\n  case 'h*'\n    set -x {d.name} h\nend",
    lambda d: f'switch "$HOME"; case "/*"; set -gx {d.name} absolute; case "*"; set -gx {d.name} never; end',
    lambda d: f"function fn\n  set -gx {d.name} {d.plain}\nend",
    lambda d: f"function fn\n  set -gx {d.name} {d.plain}\nend\nfn",
    lambda d: f"function fn; set -x {d.name} inner; end; fn",
    lambda d: f"function fn; set -gx {d.name} $argv[1]; end\nfn {d.plain}",
    lambda d: f"alias go 'set -gx {d.name} alias'",
    lambda d: f"eval 'set -gx {d.name} evaluated'",
    lambda d: f"eval set -gx {d.name} {d.plain}",
    lambda d: f"env {d.name}={d.plain} true",
    lambda d: f"{d.name}={d.plain} true",
    lambda d: "source ~/.extra",
    lambda d: 'source "$HOME/.extra"',
    lambda d: ". ~/.extra",
    lambda d: "test -r ~/.extra; and source ~/.extra",
    lambda d: "test -r ~/.missing; and source ~/.missing",
    lambda d: "source ~/.missing 2>/dev/null",
    lambda d: f"if status is-interactive\n  set -gx {d.name} {d.plain}\nend",
    lambda d: f"status is-login; or exit\nset -gx {d.name} {d.plain}",
    lambda d: f"status is-interactive || return\nset -gx {d.name} {d.plain}",
    lambda d: f"if {_condition(d)}; return; end" if d.dice.random() < 0.3 else "true",
    lambda d: "exit" if d.dice.random() < 0.2 else "true",
    lambda d: f"set -gx {d.name} one; set -gx {d.name} two",
    lambda d: f"set -gx \\\n  {d.name} {d.plain}",
    lambda d: f"set -gx {d.name} 'two\nlines'",
    lambda d: f"echo set -gx {d.name} no > /dev/null",
    lambda d: f"echo words | read -gx {d.name}",
    lambda d: f"read -g {d.name} < ~/.env",
    lambda d: f"set A {d.plain}; set B $A/b; set -gx {d.name} $B",
    lambda d: f"if {_condition(d)}; set C {d.plain}; end; set -gx {d.name} \"x$C\"",
    lambda d: f"set L one two; set -gx {d.name} $L[2]",
    lambda d: f"set L one two; set -gx {d.name} $L",
    lambda d: f"set L one two; set -gx {d.name} x$L",
    lambda d: f"set {d.name}[1] first",
    lambda d: f"set -gx {d.name} {d.plain} &",
    lambda d: f"builtin set -gx {d.name} {d.plain}",
)  # fmt: skip
