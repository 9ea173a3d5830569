"""What a price source on the web has to be told, and by which names it is told so.

Each source has a subclass beside it. A field `key` of the source with the prefix `shop` is the
environment variable SHOP_KEY, the line of that name in `.env`, and the flag `--shop-key` of
`python -m lookup`; `lookup.settings` reads them from the environment.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Annotated, ClassVar, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo

from lookup.errors import SourceSettingsError
from lookup.sources.means import Means
from lookup.types import PriceSource

Calls = Annotated[int, Field(ge=0, le=10_000_000)]
"""How many calls a service grants in a period; 0: no limit."""
CallsPerSecond = Annotated[float, Field(gt=0, le=1_000)]
KeptSeconds = Annotated[float, Field(ge=0, le=86_400)]


class SourceSettings(BaseModel, ABC):
    """The settings of one kind of source; subclasses add a key, an address, a quota.

    Fields that are `SecretStr | None` are what the service gives to its users: with all of them the
    source is asked, with none it is left out, and some without the others are a mistake. (A source
    without such fields is always asked.) Every field has a default and a description.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    prefix: ClassVar[str]
    """Of all its variables, lower case."""

    flags: ClassVar[Mapping[str, str]] = {}
    """Fields whose flag has another name than they have."""

    calls_per_s: CallsPerSecond = Field(default=5.0, description="Calls to it in a second.")
    kept_s: KeptSeconds = Field(
        default=300.0, description="Seconds that its answer for a code is used again."
    )

    @abstractmethod
    def open(self, means: Means) -> Iterable[PriceSource]:
        """The sources that are asked with these settings, where they are `complete`.

        Raises `SourceSettingsError` for a key that no request can carry.
        """

    @classmethod
    def variables(cls) -> Mapping[str, FieldInfo]:
        """The fields by variable (lower case): the source's own, then what all have."""
        shared = SourceSettings.model_fields
        own = [name for name in cls.model_fields if name not in shared]
        return {cls._variable(name): cls.model_fields[name] for name in (*own, *shared)}

    @classmethod
    def flag(cls, variable: str) -> str:
        """The flag of the command line for one of the variables."""
        field = variable.removeprefix(f"{cls.prefix}_")
        return f"--{cls.prefix}-{cls.flags.get(field, field)}".replace("_", "-")

    @classmethod
    def credentials(cls) -> tuple[str, ...]:
        """Names of the fields that the service gives to its users."""
        fields = cls.model_fields.items()
        return tuple(name for name, field in fields if SecretStr in get_args(field.annotation))

    @classmethod
    def made(cls, **values: object) -> Self:
        """From values by field. Raises `SourceSettingsError` with a line for each that is wrong."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            lines = [cls._line(one["loc"], one["msg"]) for one in error.errors(include_input=False)]
            raise SourceSettingsError("\n".join(lines)) from None

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Self:
        """From values by variable; those of others are left alone. Raises as `made` does."""
        names = {name: cls._variable(name) for name in cls.model_fields}
        return cls.made(**{name: values[it] for name, it in names.items() if it in values})

    @property
    def complete(self) -> bool:
        """Whether the source has all that it needs to be asked."""
        return all(getattr(self, name) for name in self.credentials())

    @classmethod
    def named(cls, *fields: str) -> str:
        """The environment variables of these fields, for people."""
        return ", ".join(cls._variable(name).upper() for name in fields)

    @model_validator(mode="after")
    def _keys_belong_together(self) -> Self:
        given = [name for name in self.credentials() if getattr(self, name)]
        missing = [name for name in self.credentials() if not getattr(self, name)]
        if given and missing:
            raise ValueError(
                f"{self.named(missing[0])}: needed where {self.named(given[0])} is set"
            )
        return self

    @classmethod
    def _variable(cls, field: str) -> str:
        return f"{cls.prefix}_{field}"

    @classmethod
    def _line(cls, place: tuple[int | str, ...], message: str) -> str:
        message = message.removeprefix("Value error, ")
        return f"{cls.named(str(place[0]))}: {message}" if place else message
