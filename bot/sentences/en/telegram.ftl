# What the Telegram channel says itself, beside the conversation
telegram-reading = Reading…
telegram-gave-up = Sorry, something went wrong while answering. Please send it again in a moment.

# In groups
telegram-anonymous = You write anonymously, so I cannot tell whose photo and buttons these would be. Please write as yourself, or send it to me in our own chat.
telegram-private-only = I will show you that in our own chat, where nobody else sees it.
telegram-chat-button = Open our chat

# In any chat (inline mode)
telegram-inline-title = Type a style code
telegram-inline-hint = For example DD1391-100: its prices go into this chat.
telegram-inline-button = Search with a photo
