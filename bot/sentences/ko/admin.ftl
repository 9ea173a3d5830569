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
