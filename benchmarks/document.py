"""The plan of Setagaya as a document in all three formats with its charts, the whole process.

It is compared with `import polars` alone, in turn, with all bytecode compiled, as the start of
the command is. vl-convert, which draws the charts once for all formats, starts a JavaScript engine;
the note says what it takes.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import ROOT, Figures, Result, best, fresh, run
from benchmarks.start import IMPORT_POLARS, LEDGER, SHOKIBO, keeping_bytecode_in, shortest
from shokibo.documents.drawn_charts import svg
from shokibo.documents.plan.chapters import plan_document
from shokibo.documents.plan.figures import figures
from shokibo.documents.plan.texts import load_texts
from shokibo.law.parameters import national_law
from shokibo.ledger.reading import read_ledger
from shokibo.planning.plan import Plan
from shokibo.planning.spans import plan_spans

TIMES = 5
FORMATS = ("docx", "pdf", "xlsx")


def main() -> list[Result]:
    """Measure, print and give the result."""
    with TemporaryDirectory() as folder, TemporaryDirectory() as bytecode:
        compiled = keeping_bytecode_in(bytecode)
        outputs = [word for end in FORMATS for word in ("-o", str(Path(folder, f"plan.{end}")))]
        command = (SHOKIBO, "plan", LEDGER, *outputs, "--charts", str(Path(folder, "charts")))
        run(*command, environment=compiled)
        ours, peer = [], []
        for _ in range(TIMES):
            ours.append(run(*command, environment=compiled))
            peer.append(run(*IMPORT_POLARS, environment=compiled))
    charts, _ = fresh(draw, str(ROOT / LEDGER))
    result = Result(
        "The plan of the example as Word, PDF and Excel with charts, whole process",
        shortest(ours),
        "`import polars` alone",
        shortest(peer),
        max(each.peak_mb for each in ours),
        "python -m benchmarks document",
        aim_seconds=2.5,
        notes=(
            f"the charts alone: {charts['first']:.2f} s until the first is drawn, which is mostly "
            f"the start of the engine, {charts['others']:.2f} s for the other {charts['count']}",
        ),
    )
    result.show()
    return [result]


def draw(path: str) -> Figures:
    """Time the drawing of the charts alone: the first, and the others."""
    ledger, law = read_ledger(Path(path)), national_law()
    plan = Plan(ledger, law, plan_spans(ledger))
    document = plan_document(plan, load_texts(None, figures(plan)))
    first, *others = [figure.chart for figure in document.figures]
    return {
        "first": best(1, lambda: svg(first)),
        "others": best(1, lambda: [svg(chart) for chart in others]),
        "count": len(others),
    }
