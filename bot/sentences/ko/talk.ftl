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
short-help = 신발 태그 사진을 보내거나 품번을 입력해 주세요. 예: DD1391-100
help-button = 도움말

# Reading a photo
found-sure =
    { $code }
    품번을 또렷하게 읽었어요. 맞는지 확인해 주세요.
found-likely =
    { $code }
    아마 이 품번일 거예요. 사진과 비교해 보세요.
found-unsure =
    { $code }
    글자가 흐려서 자신이 없어요. 한 글자씩 확인해 주세요.
found-by-barcode =
    { $code }
    사진에서 읽은 글자는 아니지만, 이 바코드는 전에 이 품번으로 확인된 적이 있어요. 맞는지 확인해 주세요.
barcode-agrees = 이 바코드는 전에도 이 품번으로 확인됐어요.
found-by-caption =
    { $code }
    사진에서는 품번을 찾지 못했지만, 함께 적어 주신 품번이 있어요. 맞으면 눌러 주세요.
found-as-written =
    { $code }
    사진에서 읽은 품번이 함께 적어 주신 품번과 같아요. 맞는지 확인해 주세요.
caption-instead = 함께 적어 주신 품번으로는 바로 찾을 수 있어요.
none-found = 사진에서 품번을 찾지 못했어요.
confirm-button = 맞아요
edit-button = 고치기
enter-button = 한 글자씩 입력하기
refuse-button = 이건 아니에요
refused = 알겠어요. 태그를 더 가까이 찍어 다시 보내거나, 품번을 직접 입력해 주세요.

# What else the tag says: one line under the code
tag-line = 태그: { $fields }
tag-made-in = { $country }
tag-price = 태그 가격 { $price }
tag-barcode = 바코드 { $digits }

# Photos that cannot be read
photo-no-picture = 사진으로 열 수 없는 파일이에요. JPEG, PNG, WebP, HEIC 같은 사진을 보내 주세요.
photo-too-large = 사진이 20MB보다 커요. 더 작은 사진으로 보내 주세요.
photo-too-many-pixels = 화소가 너무 많아서 열 수 없는 사진이에요. 크기를 줄이거나 화면을 캡처해서 보내 주세요.
photo-broken = 사진 파일이 망가져 있어서 열리지 않아요. 다시 찍거나 원본 사진을 보내 주세요.
photo-cut = 사진 파일이 중간에 끊겨서 일부가 빠져 있어요. 품번이 그쪽에 있다면 원본 사진을 다시 보내 주세요.
photo-animated = 움직이는 그림은 읽을 수 없어요. 멈춘 사진 한 장을 보내 주세요.
photo-unreadable = 이 사진은 읽을 수 없어요. JPEG나 PNG 사진으로 다시 보내 주세요.
photo-not-fetched = 사진을 받아 오지 못했어요. 잠시 뒤에 같은 사진을 다시 보내 주세요.
reader-busy = 지금 사진이 많이 몰려 있어요. 잠시 뒤에 같은 사진을 다시 보내 주세요.
reader-rush = 지금 사진이 많이 몰려 있어요. { $seconds }초쯤 뒤에 같은 사진을 다시 보내 주세요.

# Under photos that were sent at once
album-summary = 사진 { $photos }장을 봤어요: 품번 { $codes }개{ $without ->
    [0] {""}
   *[other] , 못 찾은 사진 { $without }장
    }

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
edit-cancelled = 고치기를 취소했어요.
all-button = 모든 글자
before-button = ← 앞에 넣기
after-button = 뒤에 넣기 →
append-button = 끝에 넣기
delete-button = 이 글자 지우기
back-button = 돌아가기
done-button = 완료
cancel-button = 취소

# Prices
price = { $won }원
lowest-price = 최저가 { $price }
no-offers = 지금 보여 드릴 가격이 없어요. 아래 링크에서 바로 찾아볼 수 있어요.
sample-prices = 아직 연결된 쇼핑몰이 없어서 예시를 보여 드려요. 실제 가격이 아니에요.
offer-line = { $place }. { $price } · { $what } · { $where }
offer-place = { $own ->
    [1] { $source }, { $time }
   *[other] { $mall } ({ $source }, { $time })
    }
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
invalid-short = 품번이라기에는 너무 짧아요. 빠진 글자가 없는지 확인해 주세요.
invalid-long = 품번이라기에는 너무 길어요. 품번만 보내 주세요.
invalid-characters = 품번에는 영문자와 숫자, - . / 와 띄어쓰기만 쓸 수 있어요.
invalid-no-digit = 숫자가 하나도 없어서 품번으로 보이지 않아요. 태그에 적힌 그대로 입력해 주세요. 예: DD1391-100
invalid-date = 날짜처럼 보여요. 품번은 보통 그 근처에 따로 적혀 있어요. 예: DD1391-100
invalid-barcode = 바코드 번호처럼 보여요. 바코드 말고 품번을 입력해 주세요. 예: DD1391-100
invalid-phone = 전화번호처럼 보여요. 품번을 입력해 주세요. 예: DD1391-100
invalid-size = 신발 사이즈처럼 보여요. 품번을 입력해 주세요. 예: DD1391-100
invalid-price = 가격처럼 보여요. 품번을 입력해 주세요. 예: DD1391-100
invalid-order = 주문이나 송장, 계좌 번호처럼 보여요. 품번을 입력해 주세요. 예: DD1391-100
typed-several = 품번이 { $count }개 있어요. 가격을 볼 품번을 눌러 주세요.
typed-more = 나머지 { $more }개는 따로 보내 주세요.
typed-settled = 혹시 { $typed } 품번을 찾으셨다면 아래에서 눌러 주세요.
typed-link = 이 링크에는 품번이 없고, 링크 속 페이지는 열어 보지 않아요. 상품 페이지나 신발 태그에 적힌 품번을 보내 주세요. 품번을 알아야 바로 그 신발의 가격을 찾을 수 있어요. 예: DD1391-100
typed-words = “{ $words }”에는 품번이 없어서 어느 신발인지 정확히 알 수 없어요. 아래 링크에서 찾아보시거나, 태그에 적힌 품번을 보내 주시면 가격을 찾아 드릴게요. 예: DD1391-100
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
language-name = 한국어
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

# Right at once: prices that come with a reading that is sure
price-unasked = 사진에서 또렷하게 읽은 품번이에요. 다르면 “틀렸나요?”를 눌러 주세요.
wrong-button = 틀렸나요?
confirmed-thanks = 고마워요! { $code } 품번으로 저장했어요.
copy-button = 품번 복사
confirmed-here = ✓ 확인하신 품번이에요.

# A zero and an O, a one and an I
found-twins =
    { $code }
    { $place }번째 글자가 숫자 { $digit }인지 영문자 { $letter }인지 헷갈려요. 태그와 같은 쪽을 눌러 주세요.

# No code on the photo: what was seen instead, and where the code stands
none-found-but = { $seen } 보이는데, 품번은 찾지 못했어요.
none-found-next = 그 부분을 가까이에서, 빛이 반사되지 않게 다시 찍거나 사진에 직접 표시해 주세요. 품번을 입력하셔도 돼요. 예: { $code }
seen-brand = { $brand } 이름
seen-barcode = 바코드
seen-sizes = 사이즈
seen-price = 가격
seen-date = 날짜
seen-colour = 색상
seen-origin = 원산지
where-anywhere = 품번은 보통 신발 안쪽 태그나 상자 라벨의 사이즈나 바코드 가까이에 있어요. 이렇게 생겼어요: { $code }
where-under-sizes = 이 브랜드는 사이즈 바로 아래, 바코드 가까이에 품번이 있어요. 이렇게 생겼어요: { $code }
where-above-barcode = 이 브랜드는 바코드 바로 위에 품번이 있어요. 이렇게 생겼어요: { $code }
where-art = 이 브랜드는 “ART” 뒤나 사이즈 옆에 작은 글씨로 품번이 있어요. 이렇게 생겼어요: { $code }
where-style = 이 브랜드는 사이즈 위쪽의 “STYLE”이나 “SN” 뒤에 품번이 있어요. 이렇게 생겼어요: { $code }
where-size-label = 이 브랜드는 혀 안쪽 사이즈 라벨의 사이즈 아래나 옆에 품번이 있어요. 이렇게 생겼어요: { $code }
where-box = 이 브랜드는 상자 라벨이나 종이 태그의 윗줄에서 품번을 찾기 쉬워요. 이렇게 생겼어요: { $code }

# Marking the code on the photo
mark-button = 사진에 품번 표시하기
mark-too-small = 표시한 부분이 너무 작아서 읽을 수 없어요. 품번 전체가 여유 있게 들어가도록 표시해 주세요.
mark-no-photo = 그 사진이 더는 남아 있지 않아요. 사진을 다시 보내 주세요.
mark-often = 이 사진은 이미 여러 번 읽어 봤어요. 더 가까이에서 다시 찍거나 품번을 입력해 주세요.

# Limits
limit-minute = 사진을 정말 빨리 보내시네요! 1분에 { $most }장까지 읽을 수 있어요. 이 사진은 1분 뒤에 다시 보내 주세요.
limit-day = 오늘은 사진을 아주 많이 보내셨어요. 하루에 { $most }장까지 읽을 수 있으니 이 사진은 내일 다시 보내 주세요. 품번 입력은 지금도 돼요.

# What sets an offer apart
offer-used = 중고
offer-abroad = 해외 구매
offer-set = 여러 켤레 묶음
offer-kids = 아동용
offer-resale = 리셀
offer-sample = 예시

# Prices in another chat
inline-help = 품번을 입력해 주세요. 예: DD1391-100

# History: searching, and the page of one code
history-button = 지난 품번
history-all-button = 모두 보기
history-entry-again = { $code } · { $times }번 · { $date } · { $price }
search-hint = 찾으려면 /history 뒤에 품번이나 브랜드, 날짜를 붙여 보내세요. 예: /history 나이키
search-page = “{ $term }” 찾기: 품번 { $total }개 ({ $page }/{ $pages }쪽)
search-empty = “{ $term }”에 맞는 품번이 없어요. 품번의 일부나 브랜드, 날짜(예: 2026-11)로 찾아보세요.
lowest-seen = 지금까지 본 가장 낮은 가격 { $price } ({ $date })
seen-often = { $date }에 처음 보고, 모두 { $times }번 찾아봤어요.
look-up = • { $date } { $how } · { $price }
look-up-photo = 사진
look-up-typed = 직접 입력
newer-photo-button = ← 최근 사진
older-photo-button = 이전 사진 →
remove-button = 기록에서 빼기
remove-ask = { $code } 기록 { $times }개와 그 사진을 지울까요? 지우면 되돌릴 수 없어요.
remove-yes-button = 지우기
removed = { $code } 기록을 지웠어요.
remove-kept = 그대로 두었어요.

# Export
export-csv-button = CSV로 받기
export-json-button = JSON으로 받기
export-done = { $rows ->
    [0] 찾아본 기록은 아직 없고, 설정과 지켜보시는 품번을 { $name }에 담았어요.
   *[other] 기록 { $rows }개를 { $name }에 담았어요.
    }
export-cut = 한 파일에 다 담을 수 없어서 최근 { $rows }개만 담았어요.
export-empty = 파일로 드릴 기록이 아직 없어요. 신발 태그 사진을 보내 보세요.
column-time = 찾은 시각
column-code = 품번
column-brand = 브랜드
column-status = 상태
column-photo = 사진
column-price = 처음 본 최저가(원)
column-lowest = 지금까지 최저가(원)
column-mall = 판매처
column-link = 링크
column-sizes = 사이즈
column-colour = 색상
column-origin = 제조국
column-barcodes = 바코드
cell-yes = 있음
cell-no = 없음
status-read = 확인 전
status-none-found = 품번 없음
status-confirmed = 확인함
status-picked = 다른 후보를 고름
status-edited = 고침
status-typed = 직접 입력
status-refused = 아니라고 함
status-failed = 읽지 못함

# Numbers about oneself
stats-title = 📊 내 기록
stats-photos = 보낸 사진 { $photos }장, 찾은 품번 { $codes }개
stats-first = 확인한 사진 { $said }장 가운데 { $first }장은 첫 후보가 바로 맞았어요 ({ $percent }%).
stats-mended = 글자를 고치거나 다시 입력한 사진은 { $mended }장이에요.
stats-taps = 사진을 보내고 가격을 볼 때까지 평균 { NUMBER($taps, maximumFractionDigits: 1) }번 눌렀어요.
stats-brands = 브랜드: { $brands }
stats-brand = { $brand } { $codes }개
stats-lowest = 가장 싸게 나온 품번
stats-find = • { $code } { $price }
stats-empty = 아직 기록이 없어요. 신발 태그 사진을 보내 보세요.

# Privacy, and consent for training
privacy =
    🔒 무엇을 보관하나요?
    • 보내신 사진 (위치나 기기 정보 같은 EXIF는 빼고), 거기서 읽은 품번 후보, 바코드, 태그의 사이즈·색상 같은 글자
    • 정하신 품번, 그때 보여 드린 가격, 버튼을 누른 횟수, 최근 검색어
    • 언어와 아래 학습 동의 여부, 지켜보시는 품번과 가격, 보내신 메시지

    언제까지 보관하나요?
    { $rows ->
        [0] 지우실 때까지 보관하고, 주고받은 메시지는 더 일찍 지워요.
       *[other] 최대 { $rows }일 동안 보관하고, 주고받은 메시지는 더 일찍 지워요.
    }{ $photos ->
        [0] {""}
       *[other] {" "}사진은 { $photos }일이 지나면 지워요.
    } /delete 를 보내면 사진까지 모두 바로 지워요. 품번 하나만 지우려면 /history 에서 그 품번을 열어 주세요.

    누가 보나요?
    이 봇의 운영자만 볼 수 있어요. 가격을 찾을 때는 품번만 쇼핑 검색에 보내요. 확인해 주신 품번과 바코드의 짝은 누구의 것인지 알리지 않고 다른 분의 사진을 읽을 때에도 참고해요.
consent-ask =
    보내신 태그 사진과 고쳐 주신 품번을 글자를 더 잘 읽기 위한 학습에 써도 될까요?
    싫다고 하셔도 똑같이 쓰실 수 있고, /privacy 에서 언제든 바꿀 수 있어요.
consent-yes-button = 학습에 써도 돼요
consent-no-button = 쓰지 마세요
consent-thanks = 고마워요! 마음이 바뀌면 /privacy 에서 바꿔 주세요.
consent-respected = 알겠어요. 학습에 쓰지 않을게요. 마음이 바뀌면 /privacy 에서 바꿔 주세요.
consent-open = 학습: 아직 답하지 않으셔서 사진을 학습에 쓰지 않아요.
consent-given = 학습: { $date }에 사진을 학습에 써도 된다고 하셨어요.
consent-denied = 학습: { $date }에 쓰지 말라고 하셔서 사진을 학습에 쓰지 않아요.

# Names of price sources, and the middle of many prices
name-elevenst = 11번가
name-google = 구글 쇼핑
name-serpapi-naver = 네이버쇼핑(SerpApi)
price-shops = 판매처 { $count }곳
price-middle = 중간값 { $price }

# Charts of prices seen
chart-title = { $code } · 지금까지 본 최저가
chart-titles = 지금까지 본 최저가
chart-lowest = 전체 최저가
# Along the axes: dates as strftime writes them, large amounts by the ten thousand won
chart-year = %Y년
chart-month = %m월
chart-day = %m.%d
chart-amount = { $won }원
chart-ten-thousands = { $amount }만원

# Watching a code's price
watch-button = 알림
unwatch-button = 알림 끄기
unwatch-code-button = { $code } 끄기
watches-button = 알림 목록
watch-on-below = { $code }: { $price }보다 내려가면 알려 드릴게요.
watch-on-fall = { $code }: 지금 { $price }에서 내려가면 알려 드릴게요.
watch-on = { $code }: 가격이 내려가면 알려 드릴게요.
watch-no-price = 지금은 찾은 가격이 없어서, 처음 찾는 가격부터 지켜볼게요.
watch-below-now = 지금 벌써 { $price }이에요. 여기서 더 내려가면 알려 드릴게요.
watch-until = { $days }일 동안 지켜봐요. 목록은 /watches 에 있어요.
watch-at-visit = 여기서는 먼저 말을 걸 수 없어서, 다음에 오셨을 때 알려 드려요.
watch-off = { $code } 알림을 껐어요.
watch-already = 전부터 이렇게 지켜보고 있어요. 기준을 바꾸려면 가격을 붙여 보내 주세요. 예: /watch { $code } 90,000원
watch-any-fall-button = 조금만 내려가도 알림
watch-all-sizes = 사이즈는 가리지 않고 가장 낮은 가격을 지켜봐요.
watch-several = 한 번에 품번 하나씩 지켜볼 수 있어요. 아래 { $count }개 가운데 하나를 눌러 가격을 보고 🔔을 눌러 주세요.
watch-full = 품번을 { $most }개까지 지켜볼 수 있어요. 하나를 끄고 다시 해 주세요.
watch-what = 지켜볼 품번을 알려 주세요. 예: /watch DD1391-100 또는 /watch DD1391-100 100,000원
watch-bad-price = 그 가격으로는 지켜볼 수 없어요. { $least }부터 { $most } 사이로 적어 주세요. 예: /watch DD1391-100 10만원
watch-alert = 🔔 { $code } 가격이 { $price }까지 내려갔어요.
watch-alert-before = 전에 알던 { $price }보다 { $difference } 내렸어요.
watches-title = 지켜보는 품번 { $count }개. 품번을 누르면 지금 가격을 보여 드려요.
watches-line-below = • { $code } · { $price }보다 내려가면 · 마지막 { $now }
watches-line-fall = • { $code } · 조금이라도 내려가면 · 마지막 { $now }
watches-none = 지켜보는 품번이 없어요. 가격 아래의 🔔을 누르거나 /watch DD1391-100 처럼 보내 주세요.
