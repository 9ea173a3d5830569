# What the web page says by itself: bot/channels/web/static/*.js and *.html use these names without
# "page-". The page fills in what is variable.

# The page's frame
page-noscript = 이 페이지는 JavaScript가 필요해요.
page-description = 신발 태그 사진을 보내면 품번과 가격을 찾아 드려요.
page-title = 품번 Pumbeon
page-online = 태그 사진을 읽어 드려요
page-offline = 서버와 연결이 끊겼어요
page-held = 서버가 다시 받을 때까지 기다리는 중이에요
page-offline-long = 연결이 끊겼어요. 쓰신 글은 다시 연결되면 차례로 보낼게요.
page-back = 다시 연결됐어요
page-headline =
    신발 태그를 찍으면
    품번과 가격이 나와요
page-intro = 택이나 박스 라벨 사진을 보내면 품번을 찾아 읽고, 맞는지 물어본 뒤 가격을 보여 드려요.
page-step1 = 태그 사진을 보내요. 찍거나, 끌어다 놓거나, 붙여 넣어도 돼요.
page-step2 = 읽은 품번이 맞는지 확인하고, 틀린 글자는 눌러서 고쳐요.
page-step3 = 가격을 보고, 나중에 기록에서 다시 찾아요.
page-privacy = 사진과 기록은 이 서버에만 남고, 메뉴에서 언제든 지울 수 있어요.
page-welcome = 태그를 찍으면 다른 데서 얼마인지 알려 드려요
page-how = 품번이 보이게 찍어 주세요. 비스듬하거나 뒤집혀도 괜찮아요.
page-other = EN
page-switch = Switch to English
page-more = 더 보기
page-log = 대화
page-theme = 밝게/어둡게

# Writing and sending
page-sample = 샘플 사진 보내기
page-choose = 사진 고르기
page-camera = 사진 찍기
page-file = 사진 고르기
page-hint = 품번을 직접 쓰셔도 돼요
page-send = 보내기
page-drop = 여기에 놓으면 보내요
page-no-picture = 사진 파일만 보낼 수 있어요. 태그를 찍은 사진을 골라 주세요.
page-too-many = 한 번에 열 장까지 보낼 수 있어요.
page-take-away = 빼기
page-tray = 보낼 사진
page-photo = 사진
page-enlarge = 사진 크게 보기
page-sent = 내가 보낸 사진
page-uploading = 보내는 중
page-cancel = 취소
page-waiting = 연결을 기다리고 있어요. 연결되면 바로 보낼게요.
page-again = 다시 보내기
page-failed = 서버에 연결하지 못했어요.
page-share-limit = 지금 읽을 수 있는 만큼 사진을 다 보내셨어요. 이 사진은 나중에 다시 공유해 주세요.
page-share-failed = 공유하신 사진을 받지 못했어요. 여기에서 다시 골라 주세요.

# Answers
page-reading = 읽는 중
page-answering = 답을 찾는 중
page-you = 나
page-bot = 품번
page-marked = 읽은 곳을 표시한 사진
page-chart = 지금까지 본 가격 그래프
page-example = 품번이 있는 곳을 보여 주는 그림
page-copy = 복사
page-copied = 복사했어요
page-lowest = 최저가
page-offers = 판매처
page-strip = 사진에서 품번을 읽은 부분
page-find = 찾기
page-find-hint = 품번, 브랜드, 날짜

# Marking the code on the photo
page-mark-title = 품번이 있는 곳을 표시해 주세요
page-mark-help = 네모를 품번에 맞춰 주세요. 사진은 두 손가락이나 휠로 크게 하고, 글자가 똑바로 보이게 돌려 주세요.
page-mark-keys = 화살표: 옮기기 · Shift+화살표: 크기 · + −: 확대 · R: 90도 돌리기 · [ ]: 기울기 · Enter: 읽기
page-mark-frame = 품번을 둘러싼 네모
page-mark-place = 왼쪽에서 { $x }%, 위에서 { $y }%, 너비 { $w }%, 높이 { $h }%
page-zoom-in = 크게
page-zoom-out = 작게
page-turn-left = 왼쪽으로 90도
page-turn-right = 오른쪽으로 90도
page-tilt = 기울기
page-read-this = 여기 읽기
page-mark-again = 다시 표시하기
page-right = 맞아요
page-close = 닫기
page-mark-none = 여기서는 품번을 찾지 못했어요. 네모를 품번에만 맞춰 다시 표시해 주세요.
page-mark-lost = 사진을 열 수 없어요. 텔레그램 대화의 버튼으로 다시 열어 주세요.
page-mark-done = 읽은 품번을 대화에 보냈어요.
page-not-there = 사진이 더는 없어요. 다시 보내 주세요.
page-mark-twins = 헷갈리기 쉬운 글자가 있어요. 태그와 같은 쪽을 눌러 주세요.
