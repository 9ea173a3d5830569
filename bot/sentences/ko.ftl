# Greeting and help
welcome =
    안녕하세요! 품번을 찾아 드리는 봇이에요. 👟
    신발 태그나 상자 라벨을 찍어 보내 주세요. 품번을 읽고 가격을 찾아 드릴게요.
    품번을 직접 입력하셔도 돼요. 예: DD1391-100
help =
    이렇게 써 보세요.
    • 신발 안쪽 태그나 상자 라벨의 글자가 또렷하게 보이도록 찍어 보내 주세요.
    • 품번을 알고 있다면 그대로 입력하세요. 예: DD1391-100
    • 잘못 읽었으면 “고치기”를 눌러 글자를 바꿀 수 있어요.
    /history 지난 품번 · /language 언어 · /delete 내 기록 지우기
short-help = 신발 태그 사진을 보내거나 품번을 입력해 주세요. 예: DD1391-100
help-button = 도움말

# Reading a photo
found-sure =
    { $code }
    품번을 또렷하게 읽었어요. 맞는지 봐 주세요.
found-likely =
    { $code }
    아마 이 품번일 거예요. 사진과 같은지 봐 주세요.
found-unsure =
    { $code }
    글자가 흐려서 자신이 없어요. 한 글자씩 확인해 주세요.
found-by-barcode =
    { $code }
    사진에서 읽은 글자는 아니지만, 이 바코드는 전에 이 품번으로 확인된 적이 있어요. 맞는지 봐 주세요.
barcode-agrees = 이 바코드는 전에도 이 품번으로 확인됐어요.
none-found =
    사진에서 품번을 찾지 못했어요.
    신발 안쪽 태그나 상자 라벨을 가까이에서, 빛이 비치지 않게 찍어 보내 주세요. 품번을 직접 입력하셔도 돼요. 예: DD1391-100
confirm-button = 맞아요
edit-button = 고치기
enter-button = 글자 골라 넣기
refuse-button = 이건 아니에요
refused = 알겠어요. 태그를 더 가까이 찍어 다시 보내거나, 품번을 직접 입력해 주세요.

# What else the tag says: one line under the code
tag-line = 태그: { $fields }
tag-made-in = { $country }
tag-price = 태그 가격 { $price }
tag-barcode = 바코드 { $digits }

# Photos that cannot be read
photo-no-picture = 사진 파일이 아닌 것 같아요. JPEG, PNG, WebP, HEIC 사진을 보내 주세요.
photo-too-large = 사진이 너무 커요. 20MB, 5천만 화소 이하의 사진으로 보내 주세요.
photo-broken = 사진 파일이 깨져 있어요. 다시 찍거나 원본 사진을 보내 주세요.
photo-animated = 움직이는 그림은 읽을 수 없어요. 멈춘 사진 한 장을 보내 주세요.
photo-unreadable = 이 사진은 읽을 수 없어요. JPEG나 PNG 사진으로 다시 보내 주세요.
photo-not-fetched = 사진을 받아 오지 못했어요. 잠시 뒤에 같은 사진을 다시 보내 주세요.
reader-busy = 지금 사진이 많이 몰려 있어요. 잠시 뒤에 같은 사진을 다시 보내 주세요.

# Inline correction
edit-row =
    { $text }
    바꿀 글자를 눌러 주세요. 품번을 통째로 입력해 보내셔도 돼요.
edit-replace =
    { $text }
    { $place }번째 글자 “{ $char }” 자리에 올 글자를 골라 주세요.
edit-insert =
    { $text }
    { $marked }
    ▾ 자리에 넣을 글자를 골라 주세요.
edit-empty = 품번의 첫 글자부터 골라 주세요. 품번을 통째로 입력해 보내셔도 돼요.
edit-full = 품번이 너무 길어서 글자를 더 넣을 수 없어요.
edit-cancelled = 고치기를 그만뒀어요.
all-button = 모든 글자
before-button = ← 앞에 넣기
after-button = 뒤에 넣기 →
append-button = 끝에 넣기
delete-button = 이 글자 지우기
back-button = 돌아가기
done-button = 다 고쳤어요
cancel-button = 그만두기

# Prices
price = { $won }원
best-price =
    { $code }
    최저가 { $price }
no-offers =
    { $code }
    지금 보여 드릴 가격이 없어요. 아래 링크에서 바로 찾아볼 수 있어요.
offer-line = { $place }. { $price } · { $mall } ({ $source }, { $time })
offer-button = { $price } · { $mall }
name-naver = 네이버쇼핑
name-catalogue = 자체 가격표
source-down = { $source }: 지금 연결되지 않아 가격을 가져오지 못했어요.
source-slow = { $source }: 답이 늦어서 이번에는 빼고 보여 드려요.
source-quota = { $source }: 오늘 조회 한도를 다 써서 나중에 다시 볼 수 있어요.
source-retired = { $source }: 가격 검색 서비스가 끝나서 더는 조회할 수 없어요.
source-refused = { $source }: 접속 키가 맞지 않아 조회할 수 없어요.
naver-button = 네이버 쇼핑에서 보기
price-button = 가격 다시 보기

# Typed codes
invalid-empty = 품번이 비어 있어요. 글자를 입력해 주세요.
invalid-short = 품번이라기에는 너무 짧아요. 빠진 글자가 없는지 봐 주세요.
invalid-long = 품번이라기에는 너무 길어요. 품번만 보내 주세요.
invalid-characters = 품번에는 영문자와 숫자, - . / 와 빈칸만 쓸 수 있어요.
invalid-no-digit = 숫자가 하나도 없어서 품번으로 보이지 않아요. 태그에 적힌 그대로 입력해 주세요. 예: DD1391-100
invalid-date = 날짜처럼 보여요. 품번은 보통 그 근처에 따로 적혀 있어요. 예: DD1391-100
invalid-barcode = 바코드 번호처럼 보여요. 바코드 말고 품번을 입력해 주세요. 예: DD1391-100
invalid-phone = 전화번호처럼 보여요. 품번을 입력해 주세요. 예: DD1391-100
invalid-size = 신발 치수처럼 보여요. 품번을 입력해 주세요. 예: DD1391-100
invalid-price = 가격처럼 보여요. 품번을 입력해 주세요. 예: DD1391-100
invalid-material = 소재 표시처럼 보여요. 품번을 입력해 주세요. 예: DD1391-100

# History
history-empty = 아직 찾아본 품번이 없어요. 신발 태그 사진을 보내 보세요.
history-page = 지난 품번 { $total }개 ({ $page }/{ $pages }쪽). 누르면 지금 가격을 다시 찾아 드려요.
history-entry = { $code } · { $date } · { $price }
history-no-price = 가격 없음
newer-button = ← 최근
older-button = 이전 →
then-and-now = { $date } 가격 { $then }, 지금 { $now } ({ $change ->
    [down] ▼ { $difference } 내림
    [up] ▲ { $difference } 오름
   *[same] 그대로예요
    })
then-only = { $date } 가격 { $then }, 지금은 찾은 가격이 없어요.
now-only = { $date }에는 찾은 가격이 없었어요.

# Language and deleting
language-ask = 어떤 언어로 말할까요? Which language do you prefer?
language-chosen = 이제 한국어로 말할게요.
forget-ask = 보내신 사진과 찾아본 품번을 모두 지울까요? 지우면 되돌릴 수 없어요.
forget-yes-button = 모두 지우기
forget-no-button = 그대로 두기
forgotten = 사진과 기록을 모두 지웠어요.{ $codes ->
    [0] {""}
   *[other] {" "}찾아본 품번 { $codes }개도 함께 지웠어요.
    }
forgotten-nothing = 남아 있는 기록이 없어요.
forget-kept = 그대로 두었어요.

# When something is wrong
button-old = 지금은 쓸 수 없는 버튼이에요. 사진이나 품번을 다시 보내 주세요.
button-not-yours = 다른 분의 버튼이거나 이미 지운 기록이에요. 사진이나 품번을 보내 주시면 새로 찾아 드려요.
edit-stale = 그사이 글자가 바뀌었어요. 지금 글자는 이래요.
trouble = 죄송해요, 문제가 생겨 처리하지 못했어요. 잠시 뒤에 다시 해 주세요.
