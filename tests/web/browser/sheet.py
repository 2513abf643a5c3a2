"""What a hand does in a sheet: the clipboard of a spreadsheet, and keys."""

from playwright.sync_api import Page


def open_actions(window: Page, authority: str, query: str = "") -> None:
    """Open the sheet of actions; the clipboard may be read and written."""
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.goto(f"/{authority}/plan/actions/{query}")


def paste(window: Page, text: str) -> None:
    """Paste what a spreadsheet put on the clipboard."""
    window.evaluate("text => navigator.clipboard.writeText(text)", text)
    window.keyboard.press("Control+v")


def copied(window: Page) -> str:
    """Copy, and return what a spreadsheet would get."""
    window.keyboard.press("Control+c")
    return str(window.evaluate("navigator.clipboard.readText()"))


def press_all(window: Page, keys: str) -> None:
    """Press keys one after the other; a chord is one."""
    for key in keys.split():
        window.keyboard.press(key)


def held(window: Page, row: int, column: str) -> str:
    """Return what a cell would send."""
    return window.locator(f"[name='{row}-{column}']").input_value()
