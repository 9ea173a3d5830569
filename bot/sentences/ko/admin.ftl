# The operator's pages at /admin
admin-title = 품번 관리
admin-other = English
admin-menu = 메뉴
admin-skip = 본문으로 건너뛰기
admin-back = 처음으로
admin-welcome = { $name } 님으로 로그인했어요.
admin-reader = 보기 전용

# Signing in
admin-sign-in = 로그인
admin-sign-out = 로그아웃
admin-name = 이름
admin-name-help = 남기는 라벨에 이 이름이 적혀요. 글자, 숫자, 공백과 . - _ 로 40자까지 쓸 수 있어요.
admin-secret = 비밀번호
admin-wrong-secret = 비밀번호가 맞지 않아요.
admin-wrong-name = 이름은 글자, 숫자, 공백과 . - _ 로 40자까지 쓸 수 있어요.
admin-too-many-tries = 너무 여러 번 틀렸어요. 1분쯤 뒤에 다시 해 주세요.
admin-signed-out = 로그인이 끝났어요. 다시 로그인해 주세요.
admin-read-only = 보기 전용으로 로그인해서 아무것도 바꿀 수 없어요.
admin-stale-form = 페이지가 오래됐어요. 새로 고친 뒤 다시 해 주세요.
admin-foreign = 다른 사이트에서 온 요청은 받지 않아요.
admin-wrong-host = 이 주소로는 열 수 없어요. 서버의 WEB_ALLOWED_HOSTS 설정에 주소를 더해 주세요.
admin-bad-request = 요청을 처리할 수 없어요.
admin-unavailable = 지금은 데이터베이스를 쓸 수 없어요. 잠시 뒤에 다시 해 주세요.

# Labelling
admin-labels = 라벨
admin-photo-of = 사진 #{ $id }
admin-no-photo = 볼 수 있는 사진이 없어요. 사진이 지워졌거나, 보낸 분이 학습에 쓰는 것을 허락하지 않았어요.
admin-show-lines = 읽은 줄 표시
admin-waiting = 기다리는 사진 { $photos }장
admin-many-waiting = 기다리는 사진 { $photos }장 이상
admin-why = 살펴볼 까닭
admin-no-candidates = 읽은 품번이 없어요.
admin-say-none = 품번 없음
admin-say-unreadable = 읽을 수 없음
admin-another-code = 다른 품번
admin-keep = 저장
admin-draw = 자리 그리기
admin-take-frame = 이 자리로 하기
admin-drawn = 그린 자리가 다음 답과 함께 저장돼요.
admin-pass = 건너뛰기
admin-close = 닫기
admin-look-only = 보기 전용이라 라벨을 남길 수 없어요.
admin-person-said = 보낸 분의 답
admin-words = 이 사진의 라벨
admin-weak = 자동
admin-lines = 읽은 줄
admin-line-own = 우리 인식기
admin-line-witness = 다른 인식기
admin-sure = 확률
admin-no-lines = 남아 있는 줄이 없어요.
admin-no-code-typed = 품번은 글자나 숫자로 1자에서 40자까지예요.
admin-bad-frame = 그린 자리를 알아볼 수 없어요. 다시 그려 주세요.
admin-just-said = 방금 남긴 라벨
admin-kept = 사진 #{ $id }의 라벨을 저장했어요.
admin-again = 다시 하기
admin-nothing-waits = 기다리는 사진이 없어요.
admin-passed-again = 건너뛴 사진 다시 보기
admin-keys = 키: A 또는 Enter 첫 후보, 1–5 후보 고르기, T 다른 품번, D 자리 그리기, N 품번 없음, U 읽을 수 없음, S 건너뛰기, Z 앞 사진 다시 하기

# Why a photo waits (storage.worth)
admin-reason-labels = 라벨이 서로 달라요
admin-reason-person = 읽은 것과 보낸 분의 답이 달라요
admin-reason-readers = 두 인식기가 다르게 읽었어요
admin-reason-refused = 보낸 분이 아니라고 했어요
admin-reason-none = 품번을 못 찾았어요
admin-reason-unsure = 확실하지 않아요

# What became of it (storage.types.Status)
admin-status-read = 아직 답이 없어요
admin-status-none-found = 찾은 품번이 없었어요
admin-status-confirmed = 맞다고 했어요
admin-status-picked = 다른 후보를 골랐어요
admin-status-edited = 고쳐 적었어요
admin-status-typed = 사진 없이 적었어요
admin-status-refused = 아니라고 했어요
admin-status-failed = 읽지 못했어요
