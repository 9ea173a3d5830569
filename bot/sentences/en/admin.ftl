# The operator's pages at /admin
admin-title = Pumbeon desk
admin-other = 한국어
admin-menu = Menu
admin-skip = Skip to the content
admin-back = Back to the start
admin-welcome = You are signed in as { $name }.
admin-reader = read-only

# Signing in
admin-sign-in = Sign in
admin-sign-out = Sign out
admin-name = Your name
admin-name-help = Your labels will carry it. Letters, digits, spaces and . - _, up to 40 of them.
admin-secret = Secret
admin-wrong-secret = That is not the secret.
admin-wrong-name = A name has letters, digits, spaces and . - _, up to 40 of them.
admin-too-many-tries = Too many wrong tries. Please wait a minute.
admin-signed-out = You are no longer signed in. Please sign in again.
admin-read-only = You are signed in to look only, so nothing was changed.
admin-stale-form = This page is too old. Reload it and try again.
admin-foreign = Requests from other sites are not taken.
admin-wrong-host = Not served under this address. Add it to WEB_ALLOWED_HOSTS on the server.
admin-bad-request = This request cannot be answered.
admin-unavailable = The database cannot be reached right now. Please try again in a moment.
