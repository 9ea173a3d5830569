# What the web chat's server says, before or beside the conversation
web-too-large = 사진이 20MB를 넘어요. 더 작은 사진으로 보내 주세요.
web-empty = 빈 파일이에요. 태그 사진을 다시 골라 주세요.
web-cut-off = 사진이 끝까지 오지 않았어요. 다시 보내 주세요.
web-busy = 지금 사진이 많이 밀려 있어요. 잠시 뒤에 다시 보내 주세요.
web-bad-request = 요청을 처리할 수 없어요. 페이지를 새로 고침해 주세요.
web-too-long = 글이 너무 길어요. 품번만 보내 주세요.
web-foreign = 다른 사이트에서 온 요청은 받지 않아요.
web-wrong-host = 이 주소로는 열 수 없어요. 서버의 WEB_ALLOWED_HOSTS 설정에 주소를 더해 주세요.
web-failed = 답을 준비하다가 문제가 생겼어요. 다시 한번 보내 주세요.
web-bad-mark = 표시한 네모를 알아볼 수 없어요. 다시 표시해 주세요.
web-not-proven = 텔레그램에서 연 지 오래됐어요. 대화의 버튼을 다시 눌러 열어 주세요.
web-changed = 그 사이 다른 품번을 읽었어요. 대화에서 확인해 주세요.
web-in-the-chat = 결과는 대화에 올라와요.
web-confirmed = 가격을 대화에 보냈어요.
web-sure = 확률 { $percent }
web-not-found = 찾을 수 없어요.
web-app-name = 품번
