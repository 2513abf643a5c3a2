"""What a plan is made of, as a draft or in a version, and what is drawn from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from shokibo.answers import plain
from shokibo.calendar import fiscal_year_label
from shokibo.documents.blocks import PlanDocument
from shokibo.documents.plan.chapters import plan_document
from shokibo.documents.plan.docx import plan_docx
from shokibo.documents.plan.figures import figures
from shokibo.documents.plan.pdf import paging, plan_pdf
from shokibo.documents.plan.report import report_document
from shokibo.documents.plan.sections import SECTIONS
from shokibo.documents.plan.text_pictures import written_in
from shokibo.documents.plan.texts import PlanTextError, PlanTexts, texts_of
from shokibo.documents.plan.xlsx import plan_xlsx
from shokibo.ledger.columns import Kind
from shokibo.ledger.model import Ledger
from shokibo.ledger.plain_rows import ledger_from_plain_rows, plain_rows
from shokibo.ledger.support_tables import SUPPORT_TABLES
from shokibo.ledger.tables import BY_NAME
from shokibo.planning import outline
from shokibo.planning.comparing import Side
from shokibo.planning.plan import NoHomesError, Plan, plan_of
from shokibo.planning.spans import NoPlanError
from shokibo.texts import Text, literal
from shokibo.web.base.seen import Facts
from shokibo.web.planning.models import PlanPicture, PlanText, PlanVersion
from shokibo.web.register.models import Authority
from shokibo.web.steps.frozen import canonical, digest
from shokibo.web.store.mapping import COUNTED, PLANNED
from shokibo.web.store.reading import ledger_of
from shokibo.web.store.rules import own_law

SUPPORT = tuple(table.name for table in SUPPORT_TABLES)
TABLES = (*COUNTED, *PLANNED, *SUPPORT, "applications", "parameters")
"""The tables on which a plan's figures rest, and nothing of any person."""
FORMATS = {"docx": plan_docx, "pdf": plan_pdf, "xlsx": plan_xlsx}
"""How a document is drawn, by the end of its file's name."""
_GROUNDS = ("end_reason", "reason")
_OF_AUTHORITY = ("authority_code", "name", "kind")

NO_PLAN = Text(
    "計画がまだありません。計画の期間と基準日を登録してください。",
    "There is no plan yet. Enter its baseline date and its years.",
)


_AS_DRAFT = Text(
    "計画の題名に「(案)」が付いたまま公表する", "Publish it with a title that says draft (案)"
)
_UNDATED = Text("策定日が空欄のまま公表する", "Publish it without its day of adoption")


@dataclass(frozen=True)
class Question:
    """What has to be confirmed before a version is public: the name of its field, and words."""

    name: str
    words: Text


def plan_ledger(authority: Authority) -> Ledger:
    """Read an authority's plan and what it is based on; `_row` is the row's primary key.

    Of the applications only what is certified counts in its figures, and no ground of a decision;
    of the records of support no remark.
    """
    ledger = ledger_of(authority, only=TABLES)
    certified = (
        ledger["applications"]
        .filter(pl.col("decision") == "certified")
        .with_columns(pl.lit(None, pl.String).alias(name) for name in _GROUNDS)
    )
    records = {name: _without_remarks(ledger, name) for name in SUPPORT}
    return replace(ledger, tables={**ledger.tables, "applications": certified, **records})


def _without_remarks(ledger: Ledger, name: str) -> pl.DataFrame:
    remarks = (column for column in BY_NAME[name].columns if column.kind is Kind.REMARKS)
    return ledger[name].with_columns(pl.lit(None, pl.String).alias(one.name) for one in remarks)


def pictures_of(authority: Authority) -> dict[str, bytes]:
    """Return the pictures that an authority's texts may show, by their names."""
    rows = PlanPicture.objects.filter(authority=authority).values_list("name", "content")
    return {name: bytes(content) for name, content in rows}


def plan_facts(snapshot: Mapping[str, Any], figures: Mapping[str, Any]) -> Facts:
    """Return what a decision on a plan rests on: its tables and texts, and each year's figures."""
    return {
        **{
            BY_NAME[name].sheet: f"{len(rows)}行({_short(rows)})"
            for name, rows in snapshot["tables"].items()
        },
        **{
            f"文章「{section}」": f"{len(text)}字({_short(text)})"
            for section, text in snapshot["texts"].items()
        },
        **{
            f"{fiscal_year_label(row['fiscal_year'])}末の定員": f"{row['total']}人"
            for row in figures["plan"]["authority"]["rows"]
        },
        **{
            f"{fiscal_year_label(one['fiscal_year'])}の歳出": f"{one['expenditure_total']:,}円"
            for one in figures["budgets"]
        },
        "数値の全体": _short(figures),
    }


def _short(value: object) -> str:
    return digest(canonical({"of": value}))[:8]


@dataclass(frozen=True)
class Contents:
    """The rows of TABLES and the authority's own texts by section."""

    ledger: Ledger
    texts: Mapping[str, str]

    @classmethod
    def of_draft(cls, authority: Authority) -> "Contents":
        """Read the draft."""
        rows = PlanText.objects.filter(authority=authority).values_list("section", "source")
        shown = pictures_of(authority)
        texts = {section: written_in(source, shown) for section, source in rows}
        return cls(plan_ledger(authority), texts)

    @classmethod
    def of_version(cls, version: PlanVersion) -> "Contents":
        """Return what a version holds."""
        snapshot = version.snapshot
        return cls(ledger_from_plain_rows(snapshot["tables"]), snapshot["texts"])

    @cached_property
    def plan(self) -> Plan:
        """What the document draws. Raises NoPlanError, NoHomesError."""
        plan = plan_of(self.ledger, own_law(self.ledger))
        if plan is None:
            raise NoPlanError
        return plan.with_homes()

    @cached_property
    def named_figures(self) -> dict[str, str]:
        """The figures that a text may name. Raises as `plan`."""
        return figures(self.plan)

    @cached_property
    def document(self) -> PlanDocument:
        """The document. Raises as `plan`, and PlanTextError."""
        return plan_document(self.plan, self._texts)

    @cached_property
    def draft(self) -> PlanDocument:
        """The document with what is to be written left open. Raises as `document`."""
        return plan_document(self.plan, self._texts, draft=True)

    @cached_property
    def report(self) -> PlanDocument:
        """The report on the plan, which refers to the document's pages.

        Raises as `document`, and UnprintableError.
        """
        return report_document(self.plan, self._texts, paging(self.document).sections)

    @cached_property
    def _texts(self) -> PlanTexts:
        return texts_of(self.texts, self.named_figures)

    @property
    def without_texts(self) -> PlanDocument:
        """The document with default texts: its tables and charts. Raises as `plan`."""
        return plan_document(self.plan, texts_of({}, self.named_figures))

    @cached_property
    def figures(self) -> dict[str, Any]:
        """The figures as they are frozen: those of `shokibo plan` and `shokibo budget`."""
        return {
            "plan": plain(outline.plan_report(self.plan, "ja")),
            "budgets": plain(self.plan.budgets),
        }

    @cached_property
    def snapshot(self) -> dict[str, Any]:
        """All of it as a version freezes it."""
        tables = plain_rows(self.ledger, TABLES)
        tables["authorities"] = [
            {name: row[name] for name in _OF_AUTHORITY} for row in tables["authorities"]
        ]
        return {"tables": tables, "texts": dict(self.texts)}

    @cached_property
    def sha256(self) -> str:
        """The digest of all of it with its figures. Raises as `plan`."""
        return digest(canonical({**self.snapshot, "figures": self.figures}))

    @property
    def facts(self) -> Facts:
        """What a proposal is based on. Raises as `plan`."""
        return plan_facts(self.snapshot, self.figures)

    @property
    def all_texts(self) -> dict[str, str]:
        """Every section's Markdown: the authority's own, otherwise the default."""
        return {
            section.key: self.texts.get(section.key, "").strip() or section.default
            for section in SECTIONS
        }

    @property
    def side(self) -> Side:
        """Itself as one side of a comparison. Raises as `plan`."""
        return Side(self.plan, self.all_texts)

    def blockers(self) -> list[Text]:
        """List all that is wrong with it, for which no document can be made."""
        try:
            _ = self.document
        except NoPlanError:
            return [NO_PLAN]
        except NoHomesError as error:
            return [error.words]
        except PlanTextError as error:
            return [
                literal(
                    f"{one.place_in_document.say('ja')}:{one.message('ja')}",
                    f"{one.place_in_document.say('en')}: {one.message('en')}",
                )
                for one in error.problems
            ]
        return []

    def questions(self) -> list[Question]:
        """Ask about what may be published so, but seldom is meant."""
        (plan,) = self.ledger["plan"].iter_rows(named=True)
        found = []
        if self.plan.is_draft:
            found.append(Question("as_draft", _AS_DRAFT))
        if plan["adopted_on"] is None:
            found.append(Question("undated", _UNDATED))
        return found

    def open_sections(self) -> list[str]:
        """Name the sections that the authority has yet to write. Raises as `document`."""
        return [
            section.key
            for section in SECTIONS
            if any(getattr(block, "open", False) for block in self.draft.section(section.key))
        ]

    def file(self, kind: str, *, draft: bool = False) -> bytes:
        """Draw the document, or its draft, as docx, pdf or xlsx.

        Raises as `document`; UnprintableError for a character that the PDF's fonts lack.
        """
        return FORMATS[kind](self.draft if draft else self.document)

    def report_file(self, kind: str) -> bytes:
        """Draw the report as docx or pdf. Raises as `report`."""
        return FORMATS[kind](self.report)
