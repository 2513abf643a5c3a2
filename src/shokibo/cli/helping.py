"""Help in Japanese, without the library's English words for option types."""

from typing import TYPE_CHECKING

from shokibo.cli.printing import show

if TYPE_CHECKING:
    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions

_VALUES = {"PATH": "ファイル", "STR": "文字", "CHOICE": "値", "FLOAT": "数"}
"""The placeholder for an option's value, by the name of its type."""


class JapaneseHelp:
    """Prints help as the library does; what draws it is loaded only if help is requested."""

    def __call__(self, console: "Console", options: "ConsoleOptions", panel: "HelpPanel") -> None:
        """Print one panel."""
        from cyclopts.help import DefaultFormatter

        if panel.format == "parameter":
            panel = panel.copy(entries=[_in_japanese(entry) for entry in panel.entries])
        DefaultFormatter()(console, options, panel)

    def render_usage(self, console: "Console", options: "ConsoleOptions", usage: object) -> None:
        """Print a command's usage line."""
        written = str(usage).replace("[OPTIONS]", "[オプション]").replace("COMMAND", "コマンド")
        for name, shown in _VALUES.items():
            written = written.replace(f" {name}", f" {shown}")
        show(f"使い方:{written}")


def _in_japanese(entry: "HelpEntry") -> "HelpEntry":
    from cyclopts.help import HelpEntry, InlineText
    from rich.text import Text

    notes = []
    if entry.choices:
        notes.append(f"{'、'.join(entry.choices)}から選ぶ")
    if entry.default == "True":
        notes.append(f"省けば{entry.positive_names[0]}")
    elif entry.default not in (None, "False"):
        notes.append(f"省けば{entry.default}")
    if entry.required:
        notes.append("必須")
    description = entry.description or InlineText(Text())
    if notes:
        description.append(Text(f"[{'。'.join(notes)}]", "cyclopts.default"))
    kind = (entry.metavar or "").removesuffix("...")
    return HelpEntry(
        positive_names=entry.positive_names,
        positive_shorts=entry.positive_shorts,
        negative_names=entry.negative_names,
        negative_shorts=entry.negative_shorts,
        metavar=entry.metavar and entry.metavar.replace(kind, _VALUES.get(kind, kind)),
        positional_label=entry.positional_label,
        description=description,
    )
