"""The words of the frame, each in one place and each a whole sentence or label; the causes bring their own (pure).
Words for the values of the core are in :mod:`tui.terms`, so that the first screen need not load the core.

Both faces, screens and plain lines, take their words from here, so that the same thing has the same name everywhere.
Names in braces are filled by ``str.format`` on these constants only; what fills them is never a format itself.
"""

from __future__ import annotations

STEPS = ("Look", "Check", "Cause", "Fix", "Proof")

REOPEN = {
    "new-terminal": "Open a new terminal and start the client there.",
    "this-terminal": "Start the client again in this terminal.",
    "terminal": "Start the client again in this terminal.",
    "editor": "Close the editor completely and open it again.",
    "client": "Start the client again.",
    "login-session": "Log out of the computer and in again.",
    "container": "Start the container again.",
    "login": "Log out of the computer and in again.",
    "reboot": "Restart the computer.",
}

# --- Look
WELCOME = "Something stands between you and the Claude API. Let us see what."
WILL_READ = "What will be read"
WILL_CONTACT = "What will be contacted"
LOOKING = "Looking which of them are there ..."
ENVIRONMENT = "the environment of this terminal"
ABSENT = "Looked for, but not there: {files}"
OFFLINE_REMARK = "offline"
OFFLINE = "Nothing: --offline was asked for."
SYMPTOM_ASK = "The message you saw, if you have it"
SYMPTOM_HINT = "paste it here, or leave this empty"
START = "Start the check"
PROMISE_SHORT = "changes nothing"
SHELL_ASK = "Also start my login shell"
SHELL_NO = "no, its files are only read"
SHELL_YES = "yes, they run for real"
MORE_FILES = "… and {count} more (unsnarl where lists them all)"
MESSAGE_ASK = "Also send one real message"
MESSAGE_NO = "no, free requests only"
MESSAGE_YES = "yes, may cost a few tokens"
COLOURS = "Colours"
QUIT_HINT = "This is the first step. q quits."
NO_COLOUR = "NO_COLOR is set, so there are no colours to choose from."

# --- Check
SETTINGS = "Settings"
READING = "reading files"
READ = "{files} files looked at"
WAITING = "waiting"
RUNNING = "checking"
RUNNING_FOR = "checking {seconds} s"
CHECKING = "Checking {about}"
CHECKING_SETTINGS = "Reading the settings"
DONE = "Checked {done} things; {failed} failed."
PROBE_WAIT = "still waiting for {about}, {seconds} s"
CHECK_RUNNING = "The check is running."
STILL_CHECKING = "Still checking. Escape stops it and keeps what has finished."
STOPPED = "You stopped the check. What had finished is kept; the rest was not run."
BROKE = "The check itself failed ({error}). This is a fault of unsnarl, not of your settings."
ROW_HINT = "Move to a row to read what was asked and what came back."
COMPARISONS = "Asked only to tell explanations apart"
COMPARISON = "A comparison"
COMPARISON_WHY = "Asked only to tell two explanations apart. Failing here is an answer, not a fault."

# --- Cause
WHY = "Why we believe this"
FAILED_ROWS = "What did not work"
ALSO_FOUND = "Also found"
EXPLAINS = "This also explains"
NOTES = "Worth knowing"
SUGGEST = "What we suggest"
NEXT = "What you can do"
SO_FAR = "The check was stopped. This is what had been found by then."
FINISHED_ROWS = "What had finished"
NOT_RUN_ROWS = "What was not run"
TESTED = "What was tested"
UNTESTED = "What was not tested"
ALSO = "Also found: {title}"
NOTE_EDIT = "shows the change first"
NOTE_CHOICE = "your choice; shows the change first"
NOTE_COMMAND = "a command for you to run"
NOTE_STEPS = "what to ask, and whom"
TRY_MESSAGE = "Send one real message as well"
MAY_COST = "may cost a few tokens"
AGAIN = "Check again"
SHOW_REPORT = "Read and save the report"
REPORT_NOTE = "secrets are masked"
QUIT = "Finish"
NO_CAUSE = "There is no cause to explain yet."
LEFT_FOUND = "unsnarl: {text}"
LEFT_CHANGED = "Changed: {what}   (unsnarl undo {id})"
LEFT_REPORT = "Report:  {place}"
NOT_REACHED = "That step comes later."

# --- Fix
APPLY = "Apply this change"
KEEP = "Keep the file as it is"
PLANNING = "Working out the change ..."
UNTOUCHED = "Nothing was changed."
RUN_YOURSELF = "unsnarl cannot change the environment that it was started from. Run this in your shell:"
ASK_OWNER = "unsnarl cannot do this for you. What to do, or to send:"
COPY_THIS = "Copy"
CLIPBOARD = "to the terminal's clipboard"
RAN = "I have done it, check again"
BACK = "Back to the cause"
RISK = "Change"
BACKUP = "Backup"
BACKUP_KEPT = "a copy is kept; unsnarl where lists it"
AFTER = "After"
UNDO = "Undo"
UNDO_LATER = "u here, or unsnarl undo later"
FILE_NEW = "new file"
FILE_CHANGED_ONE = "one line changed"
FILE_CHANGED = "{count} lines changed"
FILE_REMOVED_ONE = "one line removed"
FILE_REMOVED = "{count} lines removed"
FILE_ADDED_ONE = "one line added"
FILE_ADDED = "{count} lines added"
FILE_BOTH = "{gone} lines removed, {come} added"
CANNOT = "This could not be done ({error}). Nothing was changed."

# --- Proof
PROVING = "Checking again ..."
QUESTION = "Step"
WAS = "was"
NOW = "now"
ANSWER_FIXED = "It works now."
ANSWER_SAME = "This did not help: the same cause is still there."
ANSWER_NEXT = "One cause is gone. The next one is in sight."
ANSWER_UNDONE = "The change was taken back."
SAVED = "Saved: {file} is changed."
UNDONE = "Undone: {file} is as it was before."
UNDO_THIS = "Undo the change"
UNDO_ASK = "Undo the change to {file} that was made on {when}?"
NOTHING_TO_UNDO = "There is nothing to undo."
GO_NEXT = "Go on: {title}"
STOP = "Stop"

# --- Settings
SETTINGS_TITLE = "Settings: where each value comes from"
SETTINGS_FOR = "{client}, {context}"
SETTINGS_READING = "Reading the settings ..."
SETTINGS_AGAIN = "The settings were read again."
SETTINGS_NONE = "No setting was found."
SETTINGS_NO_MATCH = "No name, value or file matches. Escape clears the filter."
SETTINGS_CHANGED = "The settings were changed. r checks again."
FILTER_HINT = "part of a name, a value or a file"
PLACES_ONE = "1 place"
PLACES_MANY = "{count} places"
PLACES_DIFFER = "{count} places differ"
PLACES_UNKNOWN = "not known"
NOT_IN_FORCE = "none in force"
IN_FORCE = "in force"
MAYBE_IN_FORCE = "decides, value not known"
NO_VALUE = "(no value)"
EMPTY = "(empty)"
WHO_GETS = "Who gets which (– is none)"
DECIDED = "Why: {rule}"
REVEALED = "hidden again in {seconds} s"
NOT_SECRET = "This value is not secret: it is shown in full."
NO_PLACE = "Choose a setting first."
NO_FILE = "This value stands in no file: it comes from {origin}."
PLACE_SENT = "Sent to the terminal's clipboard: {place}"
NO_EDITOR = "Neither $VISUAL nor $EDITOR is set. The place is {place}; c copies it."
EDITOR_UNREADABLE = "$VISUAL or $EDITOR has a quote that does not end. The place is {place}; c copies it."
EDITOR_FAILED = "{editor} could not be started. The place is {place}; c copies it."
EDITOR_NOT_HERE = "This terminal cannot be handed to an editor. The place is {place}; c copies it."
EDITOR_BACK = "Back from {editor}; the settings were read again. r reads them once more."
EDIT_TITLE = "Change {name} in {place}"
EDIT_ASK = "Type the new value and press Enter. You see the change before anything is written."
EDIT_ASK_SECRET = "Type or paste the new value and press Enter. It stays hidden; so does the old one."
EDIT_EMPTY = "Type a value first. Escape leaves everything as it is."
EDIT_TRIMMED = "Spaces or line breaks around the value were left out."
EDIT_LINES = "This value has several lines. o opens the file at its place."
EDIT_KEPT = "Nothing was changed."
EDIT_NO_COPY = "A hidden value cannot be copied from here."
EDIT_HERE = "Here"
EDIT_SAVED = "Saved: {file} is changed. u takes it back."
EDIT_ON = "Type another value"
OWNER_TITLE = "{name}: unsnarl cannot change this one"
OWNER_COMMANDS = "To change it here, or to forget it here, run one of these in your shell:"
OWNER_COMMAND = "To change it here, run this in your shell:"
COPIED_COMMANDS = "Sent to the terminal's clipboard. If it does not arrive there, it stands above."
OWNER_HINT = "c copies the commands. Put your own value in place of NEW_VALUE."

# --- everywhere
COPIED = "Sent to the terminal's clipboard. If it does not arrive there, x writes a file."
COPIED_REPORT = "Sent to the terminal's clipboard. If it does not arrive there, s writes a file."
REPORT_TITLE = "The report, as it would be saved"
REPORT_INSIDE = "This is everything that is inside. s saves it here."
REPORT = "The report is in {place}. Secrets are masked in it."
NO_REPORT = "There is nothing to report yet."
BUSY_RUNNING = "A check is running."
QUIT_AGAIN = "Press Ctrl+C again to quit."
STILL_SAVING = "One moment: a file is being written."
HELP_TITLE = "Help: {step}"
TOO_SMALL = "This window is too small for the wizard.\nIt needs 56 columns and 16 lines,\nor start it with --plain."

NO_ANSWER = "no answer"
SHELL_ON = "From the next check on your login shell is started; its start-up files run as you."
SHELL_OFF = "The login shell is not started."
MESSAGE_ON = "A real message is allowed from the next check on."
MESSAGE_OFF = "No real message is sent."
COMMANDS = {
    "start": ("Start the check", "Read what is listed and contact what is listed"),
    "again": ("Check again", "Look at the settings and the network anew"),
    "apply": ("Apply this change", "Write what is shown; a copy is kept"),
    "keep": ("Keep the file as it is", "Change nothing and go back"),
    "details": ("Explain this cause", "What it means, why we believe it, how to mend it"),
    "settings": ("Show the settings", "Which value is in force, and where it comes from"),
    "copy": ("Copy what is shown", "To the terminal's clipboard"),
    "export": ("Read and save the report", "Secrets are masked in it"),
    "undo": ("Undo the last change", "The file becomes what it was"),
    "consent": ("Allow a real message, or not", "It may cost a few tokens"),
    "theme": ("Change the colours", "Dark, light, or the terminal's own"),
    "back": ("Go back, or stop the check", "Nothing is lost"),
    "help": ("Help", "About this step, and all keys"),
    "leave": ("Quit", "Nothing is lost"),
}

# --- plain lines
PLAIN_STEP = "Step {number} of 5: {name}"
PLAIN_CHOOSE = "Type a number or letter and press Enter. Enter alone takes 1: "
PLAIN_APPLY = "Apply this change? Type y for yes or n for no: "
PLAIN_YES_OR_NO = "Please type y or n."
PLAIN_NOT_A_CHOICE = "That is not one of the choices."
PLAIN_SYMPTOM = "Paste the message on one line and press Enter: "
PLAIN_ROW = "{word}: {name}, {about}{time}"
PLAIN_GOES = "  line {number} goes:  {text}"
PLAIN_COMES = "  line {number} comes: {text}"
PLAIN_STAYS = "  line {number} stays: {text}"
PLAIN_STOP = "Ctrl+C stops the check and keeps what has finished."
PLAIN_WAS = "Was: {text}"
PLAIN_NOW = "Now: {text}"
PLAIN_FIXES = "What we suggest"
PLAIN_QUIT = "Quit"
PLAIN_DETAILS = "Explain this cause"
PLAIN_SAVE = "Save the report"
PLAIN_SETTINGS = "Show where each setting comes from"
PLAIN_NOTHING_MORE = "The input has ended."

HELP_LOOK = (
    "Before anything is read or contacted, this page says what will be. Enter starts. If you still have the error "
    "message, paste it into the field (Tab goes there): it helps to ask the right questions first, and it is not sent "
    "anywhere. A real message to the API is only sent if you allow it with m."
)
HELP_CHECK = (
    "Each row is one question to the network. A row that waits says for what. Escape stops the check at any time: "
    "what has finished is kept, the rest is marked as not run. Move to a row to read its answer in full. When the "
    "check is over, the cause is shown by itself."
)
HELP_CAUSE = (
    "One cause at a time: what is wrong, why we believe it with the place where it was seen, and what we suggest, "
    "best first. Choosing a suggestion changes nothing yet, it shows what it would do. d explains the cause at length."
)
HELP_FIX = (
    "This is the change, before it is made. y applies it: a copy of the file is kept, and u takes the change back. "
    "n or Escape leaves the file alone. Commands are only shown and copied, never run: they belong into your own shell."
)
HELP_PROOF = (
    "After a change the same questions are asked again. Was and now stand side by side. If another cause remains, "
    "Enter goes on to it. u takes the change back, x shows the report and saves it."
)
HELP_SETTINGS = (
    "Each name is listed with the places that set it. The place with the * is in force for the client and the way of "
    "starting it that stand above; the others say why they are not. Below stands which place every client gets. Names "
    "whose places disagree come first. Enter moves from the names to the places, and Escape back."
)
Keys = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
SETTINGS_KEYS: Keys = (
    (
        "Moving",
        (
            ("arrows, j k", "move"),
            ("enter, tab", "from the names to the places"),
            ("escape", "back: to the names, then to the step"),
            ("/", "filter the names; escape clears it"),
            ("space, b", "page down, page up"),
        ),
    ),
    (
        "Doing, with the place that is marked",
        (
            ("enter, e", "another value for it; shows the change first"),
            ("o", "open its file in your editor, at its line"),
            ("v", "show the secret for ten seconds"),
            ("c", "copy its file and line"),
            ("u", "undo the last change"),
            ("r", "read the settings again"),
            ("q", "back to the step"),
        ),
    ),
)
KEYS: Keys = (
    (
        "Moving",
        (
            ("arrows, j k", "move"),
            ("enter", "choose"),
            ("escape", "back; stop a running check"),
            ("space, b", "page down, page up"),
            ("tab", "next field"),
            ("1 to 5", "go to a step that was reached"),
        ),
    ),
    (
        "Doing",
        (
            ("y, n", "yes, no: only where a change is shown"),
            ("c", "copy what is shown"),
            ("d", "the page of this cause"),
            ("r", "check again"),
            ("s", "settings: which value is in force, and why"),
            ("u", "undo the last change"),
            ("x", "read and save the report"),
            ("m", "allow a real message, or not"),
            ("t", "colours: dark, light, the terminal's own"),
            ("ctrl+p", "all actions by name"),
            ("q", "quit; ctrl+c twice does it too"),
        ),
    ),
    (
        "With the mouse",
        (
            ("click", "a line, a step above, or a key below"),
            ("drag", "select text, then ctrl+c copies it"),
            ("shift+drag", "select as the terminal does it (Option on a Mac)"),
        ),
    ),
)


def seconds(ms: float | None) -> str:
    """A time with its unit."""
    if ms is None:
        return ""
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"


def reopen(slugs: tuple[str, ...]) -> tuple[str, ...]:
    """What must be reopened, as sentences; an unknown slug is already one."""
    return tuple(REOPEN.get(slug, slug) for slug in slugs)


def change(gone: int, come: int, new: bool = False) -> str:
    """What happens to the lines of a file."""
    if new:
        return FILE_NEW
    if gone == come:
        return FILE_CHANGED_ONE if gone == 1 else FILE_CHANGED.format(count=gone)
    if not come:
        return FILE_REMOVED_ONE if gone == 1 else FILE_REMOVED.format(count=gone)
    if not gone:
        return FILE_ADDED_ONE if come == 1 else FILE_ADDED.format(count=come)
    return FILE_BOTH.format(gone=gone, come=come)


def places(count: int, differ: bool) -> str:
    """How many places set a name."""
    if count == 1:
        return PLACES_ONE
    return (PLACES_DIFFER if differ else PLACES_MANY).format(count=count)
