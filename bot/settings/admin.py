"""Settings of the operator's pages: whose word opens them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator

from surroundings.settings import FromEnvironment

_LEAST_SECRET = 16
"""Characters: with these tries a minute, guessing one takes longer than anybody lives."""


def _long_enough(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < _LEAST_SECRET:
        raise ValueError(f"must have {_LEAST_SECRET} characters or more")
    return value


Secret = Annotated[SecretStr, AfterValidator(_long_enough)]


class AdminSettings(FromEnvironment):
    """The operator's pages; they are off without a secret."""

    admin_secret: Secret | None = Field(
        default=None,
        description="Secret of the operator's pages at /admin, 16 characters or more. Unset: off.",
    )
    admin_read_secret: Secret | None = Field(
        default=None,
        description="Another secret, for who may look there but change nothing.",
    )

    @model_validator(mode="after")
    def _two_secrets(self) -> Self:
        if self.admin_read_secret and not self.admin_secret:
            raise ValueError("ADMIN_SECRET: needed where ADMIN_READ_SECRET is set")
        if self.admin_read_secret and self.admin_read_secret == self.admin_secret:
            raise ValueError("ADMIN_READ_SECRET: must be another than ADMIN_SECRET")
        return self
