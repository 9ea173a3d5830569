"""Does a shop's title name this very product? Searching by a code also finds other goods."""

from __future__ import annotations

import re
import unicodedata

from stylecode.normalise import display, fold, key

# Hangul counts as a letter here, so "M992그레이AG" is not "M992AG"; a few signs or blanks between
# two characters of a code do not matter ("CN8607 - 002").
_GAP = r"[^A-Z0-9가-힣]{0,3}"
_START = r"(?<![A-Z0-9])"
_END = r"(?![A-Z0-9])"

_USED = re.compile(
    r"중고(?!등|딩|생|\s*(?:아님|아닌|x\b))"  # not 중고등학생, 중고 아님
    r"|(?<![가-힣])리퍼(?!런스)"  # not 슬리퍼, 리퍼런스
    r"|유즈드|(?<![가-힣])구제(?![가-힣])|전시\s?상품|전시품"
    r"|\bB급|스크래치|하자\s?(?:상품|있|제품)|반품\s?(?:상품|제품)|착용\s?[0-9]+\s?회|실착(?!감)"
    r"|(?<!un-)(?<!not )(?<!never )\bused\b|\bpre-?owned\b|\brefurb\w*|\bsecond\s?-?hand\b",
    re.IGNORECASE,
)
# Nobody can buy these any more. "품절임박" and "품절대란" are still on sale.
_GONE = re.compile(
    r"단종(?!\s*(?:아님|아닌|예정|임박))|품절(?!\s*(?:임박|직전|대란|전|예정|주의|아님))"
    r"|판매\s?(?:종료|완료|중지|중단)|거래\s?완료|절판|재고\s?없|\bsold[\s-]?out\b|\bdiscontinued\b",
    re.IGNORECASE,
)
_NOT_THE_THING = re.compile(
    r"레플리카|미러급|이미테이션|짝퉁|가품|\breplica\b|커스텀|\bcustom(?:ized|ised)?\b"
    r"|대여(?!점)|렌탈|\brental\b|(?<![가-힣])보세(?![가-힣])",
    re.IGNORECASE,
)
_ACCESSORY = re.compile(
    r"(?:신발|운동화|스니커즈)\s?끈|슈레이스|\bshoe\s?-?laces?\b|\blaces for\b"
    r"|깔창|인솔|\binsoles?\b"
    r"|슈\s?트리|\bshoe\s?trees?\b|슈\s?키퍼|주름\s?방지|프로텍터|크리즈"
    r"|키링|키홀더|\bkey\s?-?(?:ring|chain)s?\b|미니어처|피규어"
    r"|(?:공|빈)\s?박스|박스만|\bempty\s+box\b|(?:신발|투명|택배|수납)\s?박스|신발\s?(?:보관|정리)함"
    r"|양말|더스트\s?백|슈즈?\s?백|파우치|스프레이|클리너|세척제|케어\s?(?:키트|세트|용품)|지비츠|참\s?장식"
    r"|티셔츠|맨투맨|후드\s?(?:티|집업)|(?:트레이닝|조거)\s?(?:팬츠|바지|복)|레깅스",
    re.IGNORECASE,
)
# "신발끈 증정" is a shoe with a gift, "인솔 적용" a shoe with a feature.
_COMES_WITH = re.compile(
    r"\s*(?:\S{1,4}\s)?[(\[]?\s*"
    r"(?:증정|포함|추가|사은품|서비스|동봉|무료|적용|탑재|내장|일체|없|분리|included|free)",
    re.IGNORECASE,
)
_GIFT_BEFORE = re.compile(r"(?:증정|사은품|선물|gift)\s*[:)\]+]?\s*$", re.IGNORECASE)
# ZX8000 and FW2024 are built like adidas codes.
_MODEL_OR_SEASON = re.compile(r"[A-Z]{2}[0-9]{2}00|(?:SS|FW|AW|SP|SU|FA|HO)20[0-9]{2}")


def is_offer_for(title: str, code: str) -> bool:
    """Whether `title` (plain text) sells the product `code` itself, new and still to be had."""
    return carries_code(title, code) and not is_other_goods(title)


def carries_code(title: str, code: str) -> bool:
    """Whether `title` names `code`, whole or by all its tokens, and no second code of its shape.

    A title with two codes of one shape is a listing to choose from; its price may be the other's.
    """
    characters = key(code)
    if not characters:
        return False
    folded, shown = fold(title), fold(display(code))
    whole = re.search(_START + _GAP.join(characters) + _END, folded)
    return bool(whole or _has_tokens(folded, shown)) and not _names_another(folded, shown)


def is_used(title: str) -> bool:
    """Whether the words of `title` say used or second-rate goods."""
    return _USED.search(unicodedata.normalize("NFKC", title)) is not None


def is_other_goods(title: str) -> bool:
    """Whether the words of `title` say used or sold out, or something instead of the shoe."""
    folded = unicodedata.normalize("NFKC", title)
    if any(words.search(folded) for words in (_USED, _GONE, _NOT_THE_THING)):
        return True
    return any(not _comes_along(folded, word) for word in _ACCESSORY.finditer(folded))


def _comes_along(title: str, word: re.Match[str]) -> bool:
    after = _COMES_WITH.match(title, word.end())
    return bool(after or _GIFT_BEFORE.search(title[: word.start()]))


def _has_tokens(folded: str, shown: str) -> bool:
    tokens = re.findall(r"[A-Z0-9]+", shown)
    # Single characters and lone sizes are everywhere; only codes of longer parts may be split.
    if len(tokens) < 2 or min(map(len, tokens)) < 2:
        return False
    return all(re.search(_START + token + _END, folded) for token in tokens)


def _names_another(folded: str, shown: str) -> bool:
    shape = _shape(shown)
    if shape is None:
        return False
    found = {key(text) for text in re.findall(_START + shape + _END, folded)}
    return any(not _MODEL_OR_SEASON.fullmatch(other) for other in found - {key(shown)})


def _shape(shown: str) -> str | None:
    """A pattern for codes built like this one, or None where any number would fit it."""
    runs = [match.group() for match in re.finditer(r"[A-Z]+|[0-9]+|[^A-Z0-9]+", shown.strip())]
    if len(runs) == 1 and "0" <= runs[0][0] <= "9":
        return None
    return "".join(map(_run_pattern, runs))


def _run_pattern(run: str) -> str:
    if "A" <= run[0] <= "Z":
        return f"[A-Z]{{{len(run)}}}"
    if "0" <= run[0] <= "9":
        return f"[0-9]{{{len(run)}}}"
    return "[-_./ ]?"
