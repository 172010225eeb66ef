"""The commands of one file, one after the other: whether each is run, and where it leads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.model import FileSeen, Standing
from tui.core.repair.shell_nodes import Command, Document
from tui.core.survey.startup.branches import Branches
from tui.core.survey.startup.effects import Effects

if TYPE_CHECKING:
    from tui.core.survey.startup.walk import Walk

_LEAVES_LOOP = ("break", "continue")


class Steps:
    """One file on the walk. ``sure`` is false where it may not be run at all, or not to its end."""

    def __init__(self, walk: Walk, seen: FileSeen, document: Document, sure: bool) -> None:
        self.walk, self.document, self.sure = walk, document, sure
        self.branches = Branches(document, walk.scope, walk.place, walk.manner.words)
        self.effects = Effects(walk, seen, document)
        self.left = False
        self.called: frozenset[int] = frozenset()

    def run(self, commands: list[Command], inside: frozenset[int] = frozenset()) -> None:
        """Go through commands in order; a loop over known words is gone through for each of them."""
        at = 0
        while at < len(commands):
            loop = self.branches.loop(commands[at], inside)
            if loop is None:
                self.command(commands[at])
                at += 1
                continue
            end = at
            while end < len(commands) and loop.block in commands[end].blocks:
                end += 1
            body = commands[at:end]
            leaves = any(command.words[0].text in _LEAVES_LOOP for command in body)
            for value in loop.values:
                self.branches.forget(loop.block)
                if loop.values != [None]:
                    self.walk.scope.give(loop.name, value, exported=False)
                else:
                    self.walk.scope.open.add(loop.name)
                self.branches.truth[loop.block] = None if leaves or loop.values == [None] else True
                self.run(body, inside | {loop.block})
            if not loop.values:
                self.branches.truth[loop.block] = False
                self.run(body, inside | {loop.block})
            at = end

    def call(self, block: int, sure: bool) -> None:
        """Go through the body of a function of this file."""
        body = [command for command in self.document.commands if block in command.blocks]
        if not body:
            return
        before = self.sure, self.left, self.called
        self.sure, self.left, self.called = sure, False, self.called | {block}
        outside = frozenset(body[0].blocks[: body[0].blocks.index(block)])
        self.branches.forget(block)
        hidden, self.walk.scope.hidden = self.walk.scope.hidden, set(self.walk.scope.hidden)
        self.run(body, outside)
        self.walk.scope.hidden = hidden
        self.sure, self.left, self.called = before

    def command(self, command: Command) -> None:
        """Take one command: what it sets, and where it leads."""
        standing, truth = self.standing(command)
        self.effects.assign(command, standing)
        if truth is False:
            return
        walk, manner = self.walk, self.walk.manner
        switch = manner.switches(command)
        if switch is not None and truth:
            walk.scope.export_all = switch
        if manner.fails_hard(command):
            walk.unsure = True  # set -e: any command that fails now ends the shell
        path = manner.sourced(command)
        if path is not None:
            where = manner.expand(path, walk.scope, False)
            if where is not None and Path(where).is_absolute():
                walk.file(walk.place(where), truth is True)
        elif manner.dialect.leaves(command):
            # fish reads on in the next file after an exit
            shell = command.words[0].text in (("exec",) if walk.scope.shell == "fish" else ("exit", "exec"))
            self.leave(shell, truth is True)
        elif command.words[0].text in walk.functions:
            walk.call(command.words[0].text, truth is True)

    def leave(self, shell: bool, sure: bool) -> None:
        """The file, the function or the whole shell ends here, or may do so."""
        if sure:
            self.left = True
            self.walk.ended = self.walk.ended or shell
        else:
            self.sure = False
            self.walk.unsure = self.walk.unsure or shell

    def standing(self, command: Command) -> tuple[Standing, bool | None]:
        """How far a command can be relied on, and whether it is run."""
        if self.left or self.walk.ended:
            return Standing.NOT_REACHED, False
        if self.defines(command):
            return Standing.FUNCTION, False
        if self.apart(command):
            self.branches.pass_by(command)
            return Standing.SUBSHELL, False
        truth = self.branches.enter(command, [word.text for word in command.words])
        if truth is True and (not self.sure or self.walk.unsure):
            truth = None
        return {True: Standing.SURE, None: Standing.CONDITIONAL, False: Standing.NOT_MET}[truth], truth

    def defines(self, command: Command) -> bool:
        """True where a command only stands in the body of a function, which is noted as one that can be called."""
        functions = self.document.functions
        bodies = [block for block in command.blocks if block in functions]
        for block in bodies:
            if block in self.called or not functions[block]:
                continue
            self.walk.functions[functions[block]] = (self, block)
            return True
        return command.context.count("function") > len(bodies)

    def apart(self, command: Command) -> bool:
        """True where a command is run in a process of its own, whose variables end with it."""
        if "subshell" in command.context or any(block in self.document.apart for block in command.blocks):
            return True
        return self.walk.manner.pipes_apart(command)
