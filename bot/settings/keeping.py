"""Settings of how long things are kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from surroundings.settings import FromEnvironment

Days = Annotated[int, Field(ge=0, le=36500)]


class KeepingSettings(FromEnvironment):
    """Days after which things go."""

    retention_photos_days: Days = Field(
        default=180, description="Days after which a photo is deleted; 0: kept until /delete."
    )
    retention_rows_days: Days = Field(
        default=730, description="Days after which an entry goes whole; 0: kept until /delete."
    )
    web_kept_days: int = Field(
        default=90,
        ge=1,
        le=36500,
        description="Days that the web chat's messages are kept and shown.",
    )
    watch_kept_days: int = Field(
        default=180,
        ge=1,
        le=3650,
        description="Days after which a watch ends by itself.",
    )
    prices_kept_days: int = Field(
        default=400,
        ge=1,
        le=36500,
        description="Days that prices seen are kept for charts.",
    )
