"""Settings of what is kept: where photos lie, and how long things stay."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings

from bot.settings.prices import HttpUrl


def _photo_store(value: str) -> str:
    scheme, found, rest = value.partition("://")
    if found and scheme not in {"s3", "gs"}:
        raise ValueError("must be a folder, s3://bucket/prefix or gs://bucket/prefix")
    if found and not rest.strip("/"):
        raise ValueError(f"names no bucket; expected {scheme}://bucket/prefix")
    return value


Days = Annotated[int, Field(ge=0, le=36500)]


class StorageSettings(BaseSettings):
    """Where photos lie and how long photos and rows are kept."""

    photo_store: Annotated[str, AfterValidator(_photo_store)] | None = Field(
        default=None,
        description="Photos in a bucket: s3://bucket/prefix, gs://bucket/prefix. Unset: PHOTO_DIR.",
    )
    photo_store_endpoint: HttpUrl | None = Field(
        default=None, description="Address of another service that speaks S3, such as MinIO."
    )
    retention_photos_days: Days = Field(
        default=180, description="Days after which a photo is deleted; 0: kept until /delete."
    )
    retention_rows_days: Days = Field(
        default=730, description="Days after which an entry goes whole; 0: kept until /delete."
    )
