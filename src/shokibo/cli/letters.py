"""The command letters."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from shokibo.cli.options import (
    CODE_SHOWN,
    DAY_SHOWN,
    DEFAULT,
    ArgumentError,
    AuthorityCode,
    Common,
    FiscalYear,
    LedgerArgument,
    help_text,
)
from shokibo.cli.overwriting import refuse_overwriting
from shokibo.cli.printing import WRITTEN, print_json, print_table, report_findings, say, words
from shokibo.texts import Language, Text

if TYPE_CHECKING:
    from shokibo.documents.letters.decisions import LedgerDecision, Letters
    from shokibo.documents.letters.letter import CertificationLetter
    from shokibo.documents.letters.template import LetterTemplate
    from shokibo.law.parameters import Law
    from shokibo.ledger.model import Ledger


@Parameter(name="*")
@dataclass(frozen=True)
class Options:
    """Which letters, where to, and what the office adds to them."""

    output: Annotated[
        Path | None,
        Parameter(
            name=["--output", "-o"],
            help=help_text(
                "書き出す先。フォルダなら1通ずつWord、.pdfなら全部を一つのPDF",
                "Where to write: a folder (a Word file each), or a .pdf of all",
            ),
        ),
    ] = None
    template: Annotated[
        Path | None,
        Parameter(
            help=help_text(
                "通知書のひな形(Word)。もとは shokibo template --for letters で作る",
                "The office's own template (.docx); `template --for letters` makes one to start",
            )
        ),
    ] = None
    application: Annotated[
        list[str] | None,
        Parameter(
            negative="",
            metavar=CODE_SHOWN,
            help=help_text(
                "申請ID。繰り返してよい。省けば決定したものすべて",
                "An application's id; may be repeated. Else all that are decided",
            ),
        ),
    ] = None
    number: Annotated[
        str, Parameter(help=help_text("最初の文書番号", "Number of the first letter"))
    ] = ""
    date: Annotated[
        str | None, Parameter(metavar=DAY_SHOWN, help=help_text("通知日", "Date of the letters"))
    ] = None
    signatory: Annotated[
        str, Parameter(help=help_text("発信者の職・氏名", "Who signs: office and name"))
    ] = ""
    condition: Annotated[
        list[str] | None,
        Parameter(
            negative="",
            help=help_text(
                "条件。繰り返してよい。省けば文例", "A condition; may be repeated. Else the usual"
            ),
        ),
    ] = None
    remark: Annotated[str, Parameter(help=help_text("付記(教示など)", "Remark"))] = ""
    authority: AuthorityCode = None


_NONE = Options()
_NO_LETTER = Text(
    "{year}に、申請ID「{code}」の認定、不認定はありません。",
    "{code} is no decided application of {year}.",
)
_NO_LETTERS = Text(
    "{year}の認定、不認定がまだないため、通知書を書き出しません。",
    "Nothing is decided yet of {year}: no letter is written.",
)
_OUTPUT = Text(
    "--output「{path}」は、フォルダの名か、.pdf の名にしてください。",
    "--output {path}: name a folder, or a .pdf file.",
)
_WORD_ONLY = Text(
    "--template は Word の通知書に使います。--output にフォルダを指定してください。",
    "--template is for letters in Word; name a folder with --output.",
)
_TEMPLATE = Text("ひな形「{path}」を使えません。", "The template {path} can't be used.")


def letters(
    ledger: LedgerArgument,
    /,
    *,
    year: FiscalYear,
    options: Options = _NONE,
    common: Common = DEFAULT,
) -> None:
    """Write the letters of a year's decisions."""
    from shokibo.cli.opening import one_authority, open_ledger
    from shokibo.documents.letters.decisions import letters_answer

    _check(options, common.lang)
    opened, law = open_ledger(ledger, common)
    part, own_law = one_authority(opened, law, options.authority, common)
    found = _chosen(part, own_law, year, options, common.lang)
    made = _laid_out(found, part, own_law, options, common)
    _write(found, made, part, options, common.lang)
    answer = letters_answer(year, found, made)
    if common.format == "json":
        print_json(answer)
    else:
        _print(answer, common.lang)
    report_findings(opened, law, common.lang)


def _check(options: Options, language: Language) -> None:
    """Raise ArgumentError for places and templates that do not go together."""
    if options.output and options.output.suffix.casefold() not in ("", ".pdf"):
        raise ArgumentError(_OUTPUT.say(language, path=options.output))
    if options.template and not (options.output and not options.output.suffix):
        raise ArgumentError(_WORD_ONLY.say(language))


def _chosen(
    ledger: "Ledger", law: "Law", year: int, options: Options, language: Language
) -> "list[LedgerDecision]":
    from shokibo.documents.letters.decisions import decisions_in
    from shokibo.wording import year_in_words

    found = decisions_in(ledger, law, year)
    shown = year_in_words(year, language)
    if options.application is None:
        if options.output and not found:
            raise ArgumentError(_NO_LETTERS.say(language, year=shown))
        return found
    known = {one.application_id for one in found}
    for code in options.application:
        if code not in known:
            raise ArgumentError(_NO_LETTER.say(language, code=code, year=shown))
    return [one for one in found if one.application_id in options.application]


def _laid_out(
    found: "list[LedgerDecision]",
    ledger: "Ledger",
    law: "Law",
    options: Options,
    common: Common,
) -> "list[CertificationLetter]":
    from shokibo.cli.opening import day_of
    from shokibo.documents.letters.letter import (
        USUAL_CONDITIONS,
        Added,
        following_number,
        letter_of,
    )
    from shokibo.ledger.marks import is_fictitious

    marked = is_fictitious(ledger)
    conditions = USUAL_CONDITIONS if options.condition is None else tuple(options.condition)
    issued_on = day_of(options.date, common) if options.date else None
    return [
        letter_of(
            one.decided,
            Added(
                number=following_number(options.number, place),
                issued_on=issued_on,
                signatory=options.signatory,
                conditions=conditions,
                remark=options.remark,
            ),
            law,
            fictitious=marked,
        )
        for place, one in enumerate(found)
    ]


def _write(
    found: "list[LedgerDecision]",
    made: "list[CertificationLetter]",
    ledger: "Ledger",
    options: Options,
    language: Language,
) -> None:
    """Write the files that are asked for, all or none."""
    from shokibo.cli.opening import cells_to_correct
    from shokibo.documents.drawing.printable import UnprintableError
    from shokibo.documents.letters.letter import file_name
    from shokibo.documents.letters.pdf import letters_pdf
    from shokibo.documents.letters.template import letter_docx
    from shokibo.files import save_all

    if options.output is None:
        return
    template = _template(options.template, language)
    folder = None if options.output.suffix else options.output
    try:
        if folder is None:
            files = [(options.output, letters_pdf(made))]
        else:
            files = [
                (folder / file_name(one.application_id), letter_docx(letter, template))
                for one, letter in zip(found, made, strict=True)
            ]
    except UnprintableError as error:
        raise cells_to_correct(error, ledger, language) from error
    if options.template:
        refuse_overwriting([options.template], [path for path, _ in files], language)
    save_all(files, folder)
    for path, _ in files:
        say(WRITTEN, language, path=path)


def _template(path: Path | None, language: Language) -> "LetterTemplate | None":
    from shokibo.documents.letters.problems import TemplateError
    from shokibo.documents.letters.template import LetterTemplate

    if path is None:
        return None
    try:
        return LetterTemplate.read(path.read_bytes())
    except TemplateError as error:
        head = _TEMPLATE.say(language, path=path)
        raise ArgumentError(f"{head}\n{error.message(language)}") from error


def _print(answer: "Letters", language: Language) -> None:
    print_table(
        Text("通知書", "Letters").say(language),
        words(
            language,
            Text("申請ID", "Application"),
            Text("施設", "Home"),
            Text("生活単位", "Unit"),
            Text("標題", "Title"),
            Text("文書番号", "Number"),
        ),
        [
            (one.application_id, one.home, one.unit or "", one.heading, one.number or "")
            for one in answer.letters
        ],
    )
