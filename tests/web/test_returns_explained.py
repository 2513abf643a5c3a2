"""What the ministry will ask about is seen before a return is sent, and sent with its reason."""

import datetime as dt
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shokibo.answers import plain
from shokibo.law.parameters import national_law
from shokibo.returns.counted import FormNumber
from shokibo.returns.filed.checks import figure_findings
from shokibo.returns.filed.figures import as_filed, figures_of, places_of
from shokibo.returns.forms import Form
from shokibo.web.base import isolation
from shokibo.web.base.refusal import RefusedError
from shokibo.web.nation.asked import asked_about
from shokibo.web.receipts.models import DeliveredFile, Delivery
from shokibo.web.register.models import Authority, Posting, Unit
from shokibo.web.returns.actions import SUBMIT, draft
from shokibo.web.returns.drawing import drawn
from shokibo.web.returns.forms import names_of
from shokibo.web.returns.models import Return
from shokibo.web.returns.other_years import OtherYears
from shokibo.web.steps.frozen import digest
from shokibo.web.steps.taking import take
from tests.returns.filed.invented import filed, invented, workbook
from tests.web.world import LETTER, OURS, World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

EXPLAINED = {"kind": "confirmed", "words": "4月2日に着任しました。"}


def understaffed(world: World) -> Return:
    """Draft form 1 with a certified unit that has nobody left."""
    made = draft(office=world.office("officer"), form=1, year=2022)
    figures = drawn(world.authority, 1, 2022).figures
    row = next(row for row in figures.rows if row.dispersal)
    Posting.objects.filter(unit__name=row.unit_name, unit__home__name=row.home_name).delete()
    return made


def submit(world: World, made: Return, **more: list[Any]) -> None:
    """Submit a return."""
    office = world.office("approver")
    values = {**LETTER, **more}
    take(SUBMIT, office=office, row=made, version=made.version, values=values)


def test_a_sound_return_asks_for_no_explanation(world: World) -> None:
    made = draft(office=world.office("officer"), form=1, year=2022)
    page = world.client("approver").get(f"/{OURS}/returns/{made.pk}/submit/").content.decode()
    assert "国が尋ねること" not in page
    submit(world, made)
    made.refresh_from_db()
    assert made.questions == []


def test_a_standing_finding_is_sent_with_its_reason(world: World) -> None:
    made = understaffed(world)
    client, address = world.client("approver"), f"/{OURS}/returns/{made.pk}/submit/"
    asked = client.get(address)
    assert "加算が○ですが" in asked.content.decode()
    given = {
        "version": made.version,
        "seen": asked.context["form"]["seen"].value(),
        **LETTER,
        "letter_date": "R4.4.28",
    }
    (name,) = asked.context["form"].asked
    words = {f"words_{name}": EXPLAINED["words"]}
    refused = client.post(address, {**given, **words})
    assert f"kind_{name}" in refused.context["form"].errors
    assert EXPLAINED["words"] in refused.content.decode()
    client.post(address, {**given, **words, f"kind_{name}": EXPLAINED["kind"]})
    made.refresh_from_db()
    assert made.state == "submitted"
    (stored,) = made.questions or []
    assert (stored["code"], stored["kind"], stored["words"]) == (
        "RETURN_STAFF_LOW",
        *EXPLAINED.values(),
    )
    shown = world.client("officer").get(f"/{OURS}/returns/{made.pk}/").content.decode()
    assert EXPLAINED["words"] in shown
    assert "確かめたうえで、このとおり正しい" in shown
    nation = world.client("ministry").get(reverse("nation_return", args=[made.pk]))
    assert EXPLAINED["words"] in nation.content.decode()
    assert "below the base" in made.explained("en")[0]["message"]


@pytest.mark.parametrize("explanations", [[], [{"kind": "confirmed", "words": " "}]])
def test_an_unexplained_finding_is_not_sent(world: World, explanations: list[Any]) -> None:
    made = understaffed(world)
    with pytest.raises(RefusedError, match="will ask"):
        submit(world, made, explanations=explanations)
    made.refresh_from_db()
    assert made.state == "draft"


def test_the_ministry_finds_what_the_sender_saw(world: World) -> None:
    made = understaffed(world)
    seen = drawn(world.authority, 1, 2022).questions
    submit(world, made, explanations=[EXPLAINED])
    made.refresh_from_db()
    found = figure_findings(as_filed(made.sent), national_law(), 2022)
    assert [(one.code, dict(one.values)) for one in found] == [
        (one.code, dict(one.values)) for one in seen
    ]


def test_form_2_is_compared_with_april_before_it_is_sent(world: World) -> None:
    submit(world, draft(office=world.office("officer"), form=1, year=2022))
    assert drawn(world.authority, 2, 2022).questions == []
    certified = next(row for row in Return.objects.get().sent.rows if row.dispersal)
    Unit.objects.filter(name=certified.unit_name, home__name=certified.home_name).update(
        name="別の家"
    )
    codes = [one.code for one in drawn(world.authority, 2, 2022).questions]
    assert codes == ["RETURN_DIFFERS_FROM_APRIL"]


def known_years(world: World, years: range) -> None:
    """Store forms of earlier years, as files, of ten authorities of one size and of OURS."""
    codes = ["011002", "041009", "111007", "121002", "141003", "141305", "151009", "221007"]
    others = [Authority.objects.create(code=code, name=f"架空{code}") for code in codes]
    for year in years:
        for authority in (world.authority, *others):
            stored(world, authority, invented(3, units=20, year=year), year)


def stored(world: World, authority: Authority, form: Form, year: int) -> DeliveredFile:
    """Store a form of an authority as a file that was read."""
    filed_form, content = filed(form), f"{authority} {form}".encode()
    delivery = Delivery.objects.create(
        form=form.period.number,
        fiscal_year=year,
        came_on=dt.date(2022, 4, 5),
        uploaded_by=world.people["ministry"],
    )
    return DeliveredFile.objects.create(
        delivery=delivery,
        name="様式.xlsx",
        content=content,
        sha256=digest(content),
        state="clean",
        authority=authority,
        figures=plain(figures_of(filed_form)),
        places=plain(places_of(filed_form)),
    )


def test_a_change_that_others_of_like_size_never_had_is_asked_before_and_after(
    world: World,
) -> None:
    known_years(world, range(2019, 2022))
    asked = drawn(world.authority, 1, 2022).questions
    assert [one.code for one in asked] == ["RETURN_CHANGED_MUCH"]
    draft(office=world.office("officer"), form=1, year=2022)
    made = Return.objects.get()
    page = world.client("approver").get(f"/{OURS}/returns/{made.pk}/submit/").content.decode()
    assert "前年度から大きく変わっています" in page
    assert "架空011002" not in page
    file = stored(world, world.authority, invented(4, units=90), 2022)
    client = world.client("ministry")
    shown = client.get(reverse("nation_received", args=[file.pk])).content.decode()
    assert "規模の近い自治体" in shown
    listed = client.get("/nation/files/").context["listed"]
    row = next(row for row in listed.page if row.pk == file.pk)
    assert [one["code"] for one in row.asked] == ["RETURN_CHANGED_MUCH"]
    assert (
        "前年度から大きく変わって" in client.get(f"/nation/{OURS}/form1/2022/ask/").content.decode()
    )


def test_over_random_forms_the_ministry_finds_what_the_sender_saw(world: World) -> None:
    known_years(world, range(2019, 2022))
    codes = set()
    for seed in range(40):
        form: FormNumber = 1 if seed % 2 else 2
        made = invented(seed, units=(20, 45, 90)[seed % 3], form=form, year=2022)
        if form == 2:
            stored(world, world.authority, invented(seed + 1000 * (seed % 5), units=20), 2022)
        seen = OtherYears(form, 2022, [world.authority]).findings(world.authority, filed(made))
        file = stored(world, world.authority, made, 2022)
        found = asked_about([file])[file.pk]
        assert [(one["code"], one["ja"]) for one in found] == [
            (one.code, one.message("ja")) for one in seen
        ]
        codes |= {one.code for one in seen}
    assert codes == {"RETURN_CHANGED_MUCH", "RETURN_DIFFERS_FROM_APRIL"}


def test_what_is_asked_since_the_page_was_opened_is_shown_before_it_is_sent(world: World) -> None:
    made = draft(office=world.office("officer"), form=1, year=2022)
    client, address = world.client("approver"), f"/{OURS}/returns/{made.pk}/submit/"
    given = {
        "version": made.version,
        "seen": client.get(address).context["form"]["seen"].value(),
        **LETTER,
        "letter_date": "R4.4.28",
    }
    known_years(world, range(2019, 2022))
    page = client.post(address, given).content.decode()
    assert "前年度から大きく変わっています" in page
    made.refresh_from_db()
    assert made.state == "draft"


def upload(world: World, content: bytes) -> "Response":
    """Send a workbook to be compared."""
    file = SimpleUploadedFile("様式1.xlsx", content)
    return world.client("auditor").post(f"/{OURS}/returns/form1/2022/compare/", {"file": file})


def test_a_filed_form_is_compared_and_stored_nowhere(world: World) -> None:
    made = draft(office=world.office("officer"), form=1, year=2022)
    content = drawn(world.authority, 1, 2022).files(made)[f"form1-{OURS}-2022.xlsx"]
    report = upload(world, content).context["report"]
    assert (report.differences, report.equal > 30) == ([], True)
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0]["G10"] = "99か所"
    changed = io.BytesIO()
    book.save(changed)
    answer = upload(world, changed.getvalue())
    (one,) = answer.context["report"].differences
    assert (one.place, one.filed) == ("様式1!G10", 99)
    assert "様式1!G10" in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"PK"])
def test_what_is_no_form_is_refused_at_the_field(world: World, content: bytes) -> None:
    answer = upload(world, content)
    assert answer.context["form"].errors["file"]
    assert "report" not in answer.context


def test_a_reading_that_ends_the_process_leaves_the_page(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "MOST_MEMORY", 50_000_000)
    answer = upload(world, workbook(invented(3, units=2000)))  # more than free memory holds
    assert "読取りの途中で止まりました" in answer.content.decode()


@pytest.mark.parametrize("address", ["form3/2022", "form1/2018", "form1/2099"])
def test_a_form_that_can_not_be_has_no_page(world: World, address: str) -> None:
    path = f"/{OURS}/returns/{address}/compare/"
    assert world.client("officer").get(path).status_code == 404


def test_an_explanation_stays_with_its_question(world: World) -> None:
    made = understaffed(world)
    (one,) = drawn(world.authority, made.form, made.fiscal_year).questions
    other = replace(one, place="A1")
    (name,) = names_of([one])
    assert names_of([other, one])[1] == name
    assert len(set(names_of([one, one, other]))) == 3
