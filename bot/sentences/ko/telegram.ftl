# What the Telegram channel says itself, beside the conversation
telegram-reading = 읽는 중이에요…
telegram-gave-up = 죄송해요, 답하는 중에 문제가 생겼어요. 잠시 뒤에 다시 보내 주세요.

# In groups
telegram-anonymous = 익명으로 쓰신 글이라 누구의 사진과 버튼인지 알 수 없어요. 익명을 끄고 보내거나, 저와의 대화방으로 보내 주세요.
telegram-private-only = 다른 분들이 보지 않게, 저와의 대화방에서 보여 드릴게요.
telegram-chat-button = 대화방 열기

# In any chat (inline mode)
telegram-inline-title = 품번을 입력하세요
telegram-inline-hint = 예: DD1391-100 — 가격을 찾아 이 대화에 보내 드려요.
telegram-inline-button = 사진으로 찾기
