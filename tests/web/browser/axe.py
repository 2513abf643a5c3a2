"""What axe finds wrong on a page: all that is serious, and some of what it calls moderate."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}
ALSO = {"region", "heading-order", "page-has-heading-one", "empty-heading"}
"""Of what axe calls moderate."""
OF_WIDTH = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "region")
OF_COLOUR = ("color-contrast", "link-in-text-block")
"""Rules whose answer the width and the colours of a window can change."""
_RUN = """rules => axe.run(document, {
  resultTypes: ["violations"],
  ...(rules.length && { runOnly: { type: "rule", values: rules } }),
})"""


def wrong_in(window: Page, *rules: str) -> list[str]:
    """Return what is wrong on a page, by some rules or by all."""
    if window.evaluate("!window.axe"):
        window.evaluate(AXE_SCRIPT)
    return [
        f"{found['id']}: {node['html'][:200]}"
        for found in window.evaluate(_RUN, list(rules))["violations"]
        if found["impact"] in SERIOUS or found["id"] in ALSO
        for node in found["nodes"]
    ]
