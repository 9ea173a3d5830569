# Commands: what Telegram's menu says of each; `.help` is its line in /help, `.page` what the
# web page calls it. Which are offered where: bot/talk/commands.py
command-help = 사용 방법
    .page = 도움말
command-start =
    .page = 시작 안내
command-history = 내가 찾은 품번
    .help = 지난 품번 (예: /history 나이키)
    .page = 기록 보기
command-watch = 가격이 내려가면 알려 주기
    .help = 가격 알림
command-watches = 지켜보는 품번
    .help = 알림 목록
command-stats = 내 기록 한눈에 보기
    .help = 내 기록 한눈에
command-export = 내 기록을 파일로 받기
    .help = 파일로 받기
command-language = 언어 바꾸기
    .help = 언어
    .page = 언어
command-privacy = 무엇을 얼마나 보관하는지
    .help = 개인정보
command-delete = 내 기록 모두 지우기
    .help = 내 기록 지우기
    .page = 내 기록 모두 지우기
