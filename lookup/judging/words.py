"""Words in shops' titles that say: not new, not to be had, not the shoe itself. Pure."""

from __future__ import annotations

import re
import unicodedata

_USED = re.compile(
    r"중고(?!등|딩|생|\s*(?:아님|아닌|x\b))"  # not 중고등학생, 중고 아님
    r"|(?<![가-힣])리퍼(?!런스)"  # not 슬리퍼, 리퍼런스
    r"|유즈드|세컨드?\s?핸드|(?<![가-힣])구제(?![가-힣])|전시\s?상품|전시품|진열\s?상품|진열품|매장\s?진열"
    r"|스크래치|하자\s?(?:상품|있|제품|품)|미세\s?하자|오염\s?(?:있|상품|제품)|반품\s?(?:상품|제품|건)"
    r"|착용\s?[0-9]+\s?회|(?:[0-9]+|한두?|두|세|몇)\s?[번회]\s?(?:정도\s?)?(?:착용|실착|사용|신은|신음|신었)"
    r"|실착(?!감)|사용감(?!이?\s*(?:좋|편|우수|뛰어))"
    r"|(?<![A-Za-z])[SAB]\s?급(?![가-힣])"
    r"|(?<!un-)(?<!not )(?<!never )\bused\b(?!\s+(?:in|by|for|as|to)\b)"
    r"|\bpre-?owned\b|\brefurb\w*|\bsecond\s?-?hand\b"
    r"|\bopen[\s-]?box\b|\bB[\s-]grade\b|\blike[\s-]new\b|\bthrift(?:ed)?\b"
    r"|\b(?:lightly|gently|barely)\s+worn\b|\bworn\s+(?:once|twice|lightly|gently|[0-9])",
    re.IGNORECASE,
)
# Nobody can buy these any more, or yet. "품절임박" and "품절대란" are still on sale.
_OFF_SALE = re.compile(
    r"단종(?!\s*(?:아님|아닌|예정|임박))|품절(?!\s*(?:임박|직전|대란|전|예정|주의|아님))"
    r"|(?<![가-힣])매진(?!\s*(?:임박|직전))|판매\s?(?:종료|완료|중지|중단|예정)|(?:구매|주문)\s?불가"
    r"|거래\s?완료|절판|재고\s?없|재입고\s?(?:예정|대기|알림)|(?:출시|발매)\s?예정"
    r"|\bsold[\s-]?out\b|\bout[\s-]of[\s-]stock\b|\bdiscontinued\b|\bcoming\s+soon\b",
    re.IGNORECASE,
)
_NOT_THE_THING = re.compile(
    r"레플리카|미러급|정품급|이미테이션|짝퉁|가품|\breplica\b|커스텀|\bcustom(?:ized|ised)?\b"
    r"|(?<![가-힣])카피(?:제품|상품|품)?(?![가-힣])|[가-힣]st(?![a-z0-9])|유사\s?(?:상품|제품|디자인)|디자인\s?유사"
    r"|대여(?!점)|렌탈|\brental\b|(?<![가-힣])보세(?![가-힣])"
    r"|(?:교환권|상품권|응모권|기프티콘|기프트\s?카드|\bgift\s?cards?\b)"
    r"(?!\s*(?:증정|지급|사은품|추첨))"
    r"|(?:신발|운동화)\s?(?:세탁|클리닝|수선)|세탁\s?(?:서비스|의뢰)|수선\s?(?:서비스|의뢰)"
    # A listing of several goods under one price.
    r"|(?<![가-힣])외\s?[0-9]+\s?(?:종|컬러|색상?|품목|건)|모음전|[0-9]\s?종\s?(?:중\s?)?택",
    re.IGNORECASE,
)
_ACCESSORY = re.compile(
    r"(?:신발|운동화|스니커즈|교체용?|여분|호환)\s?끈|끈\s?[0-9]+\s?cm|슈레이스|레이스\s?락|듀브레"
    r"|\bshoe\s?-?laces?\b|\blaces for\b|\breplacement\s+laces?\b|\blace\s?locks?\b|\bdubraes?\b"
    r"|깔창|인솔|\binsoles?\b|(?:밑창|아웃솔)\s?(?:보강|보호|패드)|(?:뒤꿈치|힐)\s?패드"
    r"|\b(?:sole|heel|toe)\s+(?:protectors?|pads?|guards?|grips?|inserts?)\b"
    r"|슈\s?트리|\bshoe\s?trees?\b|슈\s?키퍼|주름\s?방지|프로텍터|크리즈"
    r"|\bcreases?\s+(?:protectors?|guards?|preventers?|shields?)\b|\banti[\s-]?crease\b"
    r"|키\s?(?:링|홀더|체인)|\bkey\s?-?(?:ring|chain|holder)s?\b|미니어처|피규어"
    r"|(?:공|빈)\s?박스|박스\s?(?:만|단품)|\bempty\s+box\b|\bbox\s+only\b|\breplacement\s+box\b"
    r"|(?:신발|투명|택배|수납)\s?박스|신발\s?(?:보관|정리)함|디스플레이\s?(?:박스|케이스)"
    r"|(?:보관|폰|슈즈?|에어팟)\s?케이스|\b(?:phone|display)\s+(?:case|box)\b|공병"
    r"|(?:슈즈?|신발)\s?커버|덧신|\bshoe\s+covers?\b|포스터|(?<![가-힣])액자|\bposters?\b"
    r"|(?<!정품)(?<!정품 )스티커(?!\s?부착)|\bstickers?\b"
    r"|양말|더스트\s?백|슈즈?\s?백|파우치|스프레이|클리너|세[정척]제|탈취제|케어\s?(?:키트|세트|용품)"
    r"|\bsocks\b|\bdust\s?bags?\b|\b(?:cleaning|care)\s+kit\b|지비츠|참\s?장식"
    r"|티셔츠|맨투맨|후드\s?(?:티|집업)|(?:트레이닝|조거)\s?(?:팬츠|바지|복)|레깅스"
    r"|\bt-?shirts?\b|\btees?\b|\bhoodies?\b|\bsweatshirts?\b|\bto\s+match\b|\bsneaker\s?match\b",
    re.IGNORECASE,
)
# "신발끈 증정" is a shoe with a gift, "인솔 적용" a shoe with a feature.
_COMES_WITH = re.compile(
    r"\s*(?:\S{1,4}\s)?[(\[]?\s*"
    r"(?:증정|포함|추가|사은품|서비스|동봉|무료|적용|탑재|내장|일체|없|분리|included|free)",
    re.IGNORECASE,
)
_GIFT_BEFORE = re.compile(
    r"(?:증정|사은품|선물|gift|\bwith|\bfree|\bplus|\bincl(?:udes|uding|\.)?)\s*[:)\]+]?\s*$",
    re.IGNORECASE,
)


def is_used(title: str) -> bool:
    """Whether the words of `title` say used or second-rate goods."""
    return _USED.search(unicodedata.normalize("NFKC", title)) is not None


def is_other_goods(title: str) -> bool:
    """Whether the words of `title` say used or sold out, or something instead of the shoe."""
    folded = unicodedata.normalize("NFKC", title)
    if any(words.search(folded) for words in (_USED, _OFF_SALE, _NOT_THE_THING)):
        return True
    return any(not _comes_along(folded, word) for word in _ACCESSORY.finditer(folded))


def _comes_along(title: str, word: re.Match[str]) -> bool:
    after = _COMES_WITH.match(title, word.end())
    return bool(after or _GIFT_BEFORE.search(title[: word.start()]))
