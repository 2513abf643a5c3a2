"""The schema of a problem."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class FieldProblem(BaseModel):
    """One value that can't be used."""

    model_config = ConfigDict(extra="forbid", title="使えない値")

    place: str = Field(alias="in", description="body・query・path・header のどれか")
    field: str = Field(description="項目の名前。全体なら空", examples=["opened_on"])
    code: str = Field(description="誤りの種類", examples=["missing"])
    message: str = Field(description="何が違い、どう修正するか")


class TouchedCertification(BaseModel):
    """A certified add-on that a change touches."""

    model_config = ConfigDict(extra="forbid", title="触れる認定")

    home_id: str
    application_id: str
    addon: str = Field(description="加算の名前")
    first_month: str = Field(description="触れる最初の月", examples=["2022-04"])
    last_month: str = Field(description="触れる最後の月", examples=["2023-03"])
    months: int = Field(description="触れる月の数")


class Problem(BaseModel):
    """A problem as RFC 9457 describes it."""

    model_config = ConfigDict(extra="forbid", title="誤り(RFC 9457)")

    type: str = Field(
        description="誤りの種類。説明のアドレス",
        examples=["/api/v1/docs#problem-invalid"],
        json_schema_extra={"format": "uri-reference"},
    )
    title: str = Field(description="誤りの名前", examples=["使えない値があります"])
    status: int = Field(ge=400, le=599, description="HTTPの状態", examples=[422])
    detail: str = Field(description="どうすればよいか")
    instance: str = Field(description="呼んだアドレス", examples=["/api/v1/131121/tables/units"])
    errors: list[FieldProblem] = Field(description="使えない値。なければ空")
    certifications: list[TouchedCertification] = Field(
        default=[], description="409 touches-certification のとき:触れる認定"
    )
    current: dict[str, Any] = Field(
        default={}, description="412 stale のとき:今の行。版は version にある"
    )
