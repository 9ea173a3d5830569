"""Settings of the price sources: the variables of all that `lookup` has registered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import Field, create_model, model_validator

from lookup.errors import SourceSettingsError
from lookup.sources.registry import SOURCES
from lookup.sources.settings import SourceSettings
from surroundings.settings import FromEnvironment

if TYPE_CHECKING:
    _SourceFields = FromEnvironment
else:
    # One field for each variable of each source, so that nothing here has to name them.
    _fields: dict[str, Any] = {
        variable: (field.annotation, field)
        for kind in SOURCES
        for variable, field in kind.variables().items()
    }
    _SourceFields = create_model("_SourceFields", __base__=FromEnvironment, **_fields)


class PriceSettings(_SourceFields):
    """Which sources are asked for prices, how often, and how long their answers are kept."""

    price_deadline_s: Annotated[float, Field(gt=0, le=60)] = Field(
        default=2.5, description="Seconds after which prices are shown without slow sources."
    )
    price_total_s: Annotated[float, Field(gt=0, le=120)] = Field(
        default=8.0, description="Seconds after which a slow source is given up."
    )

    @property
    def sources(self) -> tuple[SourceSettings, ...]:
        """What each registered source has been told, in their order."""
        return _told(self.model_dump())

    @model_validator(mode="after")
    def _each_source_has_what_it_needs(self) -> Self:
        try:
            _told(self.model_dump())
        except SourceSettingsError as error:
            raise ValueError(str(error)) from None
        return self


def _told(values: Mapping[str, object]) -> tuple[SourceSettings, ...]:
    return tuple(kind.of(values) for kind in SOURCES)
