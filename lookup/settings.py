"""Settings of the price sources, from the environment."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator

from surroundings.settings import FromEnvironment, HttpUrl


def _engines(value: str) -> str:
    named = [name.strip() for name in value.split(",") if name.strip()]
    if not named or set(named) - {"naver", "google_shopping"}:
        raise ValueError("must be naver, google_shopping or both, separated by a comma")
    return ",".join(dict.fromkeys(named))


Calls = Annotated[int, Field(ge=0, le=10_000_000)]
PerSecond = Annotated[float, Field(gt=0, le=1_000)]
Seconds = Annotated[float, Field(ge=0, le=86_400)]


class PriceSettings(FromEnvironment):
    """Which sources are asked for prices, how often, and how long their answers are kept."""

    naver_client_id: SecretStr | None = Field(
        default=None,
        description="Client id for a gateway that speaks Naver's shopping search.",
    )
    naver_client_secret: SecretStr | None = Field(default=None, description="Its secret.")
    naver_api_url: HttpUrl = Field(
        default="https://openapi.naver.com/v1/search/shop.json",
        description="Address that speaks Naver's shopping search.",
    )
    naver_calls_a_day: Calls = Field(
        default=25_000, description="Calls to it between two midnights in Korea; 0: no limit."
    )
    naver_calls_per_s: PerSecond = Field(default=5.0, description="Calls to it in a second.")
    naver_kept_s: Seconds = Field(
        default=300.0, description="Seconds that its answer for a code is used again."
    )
    serpapi_key: SecretStr | None = Field(
        default=None, description="Key from serpapi.com. With it its engines are asked."
    )
    serpapi_url: HttpUrl = Field(
        default="https://serpapi.com/search.json", description="Address of SerpApi's search."
    )
    serpapi_engines: Annotated[str, AfterValidator(_engines)] = Field(
        default="google_shopping,naver",
        description="Engines to ask: google_shopping, naver; each is one search per question.",
    )
    serpapi_calls_a_month: Calls = Field(
        default=250, description="Searches of the plan in a month; 0: no limit."
    )
    serpapi_calls_per_s: PerSecond = Field(default=2.0, description="Searches in a second.")
    serpapi_kept_s: Seconds = Field(
        default=3_600.0, description="Seconds that SerpApi's answer for a code is used again."
    )
    elevenst_key: SecretStr | None = Field(
        default=None, description="Key from openapi.11st.co.kr. With it 11번가 is asked."
    )
    elevenst_url: HttpUrl = Field(
        default="https://openapi.11st.co.kr/openapi/OpenApiService.tmall",
        description="Address of 11번가's OPEN API.",
    )
    elevenst_calls_a_day: Calls = Field(
        default=5_000, description="Calls to it between two midnights in Korea; 0: no limit."
    )
    elevenst_calls_per_s: PerSecond = Field(default=5.0, description="Calls to it in a second.")
    elevenst_kept_s: Seconds = Field(
        default=600.0, description="Seconds that its answer for a code is used again."
    )
    price_deadline_s: Annotated[float, Field(gt=0, le=60)] = Field(
        default=2.5, description="Seconds after which prices are shown without slow sources."
    )
    price_total_s: Annotated[float, Field(gt=0, le=120)] = Field(
        default=8.0, description="Seconds after which a slow source is given up."
    )

    @model_validator(mode="after")
    def _both_of_naver(self) -> Self:
        if self.naver_client_id and not self.naver_client_secret:
            raise ValueError("NAVER_CLIENT_SECRET: needed where NAVER_CLIENT_ID is set")
        if self.naver_client_secret and not self.naver_client_id:
            raise ValueError("NAVER_CLIENT_ID: needed where NAVER_CLIENT_SECRET is set")
        return self

    @property
    def engines(self) -> tuple[str, ...]:
        """SerpApi's engines to ask."""
        return tuple(self.serpapi_engines.split(","))
