# What the web chat's server says, before or beside the conversation
web-too-large = That photo is over 20 MB. Please send a smaller one.
web-empty = That file is empty. Please choose the tag photo again.
web-cut-off = The photo did not arrive completely. Please send it again.
web-busy = Many photos are waiting right now. Please try again in a moment.
web-bad-request = That request could not be understood. Please reload the page.
web-too-long = That text is too long. Please send only the style code.
web-foreign = Requests from other sites are not accepted.
web-wrong-host = Not served under this host name. Add it to the server's WEB_ALLOWED_HOSTS setting.
web-failed = Something went wrong while answering. Please send that again.
web-bad-mark = I could not make sense of that frame. Please mark the code again.
web-not-proven = This page is too old. Please open it again with the button in the chat.
web-changed = Another code has been read since. Please check in the chat.
web-in-the-chat = The answer comes in the chat.
web-confirmed = The prices are in the chat now.
web-sure = { $percent } sure
web-not-found = Not found.
web-app-name = Pumbeon
