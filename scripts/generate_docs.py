"""Write the pages of docs/ that are made from the code: rules, tables, findings, jobs.

`python -m scripts.generate_docs` (`make docs`) writes them; a test compares them with `pages`.
"""

from pathlib import Path

from scripts.generate_assumptions import assumption_lines
from scripts.generate_dictionary import dictionary_page
from scripts.generate_findings import findings_page
from scripts.generate_keys import commands_page
from scripts.generate_pages import pages_lines
from scripts.generate_placeholders import placeholder_lines
from scripts.generate_privacy import privacy_lines
from scripts.generate_rules import rules_page
from scripts.generate_security import asvs_lines, permission_lines
from scripts.markdown import page
from shokibo.law.parameters import national_law

ROOT = Path(__file__).parent.parent


def pages() -> dict[str, str]:
    """Return every generated page: its path from the project's folder, and its text."""
    return {
        "docs/rules.md": rules_page(national_law()),
        "docs/data-dictionary.md": dictionary_page(),
        "docs/findings.md": findings_page(),
        "docs/asvs.md": page(asvs_lines()),
        "docs/placeholders.ja.md": page(placeholder_lines()),
        "docs/privacy.ja.md": page(privacy_lines()),
        "docs/permissions.md": page(permission_lines()),
        "docs/commands.md": commands_page(),
        "docs/forecast-assumptions.md": page(assumption_lines()),
        "docs/pages.md": page(pages_lines()),
    }


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        (ROOT / path).write_text(text, "utf-8")
        print(path)


if __name__ == "__main__":
    main()
