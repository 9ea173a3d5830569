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

# Labelling
admin-labels = Labels
admin-photo-of = Photo #{ $id }
admin-no-photo = There is no photo to show: it was deleted, or its sender does not let it serve training.
admin-show-lines = Show the lines read
admin-waiting = { $photos ->
    [one] One photo waits
   *[other] { $photos } photos wait
  }
admin-many-waiting = { $photos } photos or more wait
admin-why = Why look at it
admin-no-candidates = No code was read.
admin-say-none = No code on it
admin-say-unreadable = Cannot be read
admin-another-code = Another code
admin-keep = Save
admin-draw = Draw its place
admin-take-frame = Take this place
admin-drawn = The place you drew is saved with your next answer.
admin-pass = Skip
admin-close = Close
admin-look-only = You are signed in to look only and cannot label.
admin-person-said = What the sender said
admin-words = Labels of this photo
admin-weak = automatic
admin-lines = Lines read
admin-line-own = Our reader
admin-line-witness = Another reader
admin-sure = Probability
admin-no-lines = No lines are kept.
admin-no-code-typed = A code has 1 to 40 letters or digits.
admin-bad-frame = The frame makes no sense. Please draw it again.
admin-just-said = The label you just gave
admin-kept = Your label of photo #{ $id } is saved.
admin-again = Do it again
admin-nothing-waits = No photo waits for a label.
admin-passed-again = See the skipped ones again
admin-keys = Keys: A or Enter the first candidate, 1–5 a candidate, T another code, D draw its place, N no code, U cannot be read, S skip, Z the last photo again

# Why a photo waits (storage.worth)
admin-reason-labels = Labels contradict each other
admin-reason-person = The sender says otherwise
admin-reason-readers = The readers disagree
admin-reason-refused = The sender says it is wrong
admin-reason-none = No code was found
admin-reason-unsure = The reading is unsure
admin-reason-rare = Hardly any of this brand has been labelled

# What became of it (storage.types.Status)
admin-status-read = No answer yet
admin-status-none-found = No code was found
admin-status-confirmed = Said it is right
admin-status-picked = Picked another candidate
admin-status-edited = Corrected it
admin-status-typed = Typed without a photo
admin-status-refused = Said it is wrong
admin-status-failed = It could not be read

# The overview
admin-overview = Overview
admin-span = Span
admin-days = { $total } days
admin-counted = Days of Korea, counted every few minutes. Photos of a week ago or older are not counted again, so what people delete later stays in these numbers.
admin-photos = Photos a day
admin-photos-note = { $codes ->
    [one] Beside them one typed code.
   *[other] Beside them { $codes } typed codes.
  } { $photos ->
    [one] One photo could not be read at all.
   *[other] { $photos } photos could not be read at all.
  }
admin-right = Right at first sight
admin-right-note = Of the photos that people said something about: how often the first code was right. The lines are its 95 % interval.
admin-right-by-brand = Right at first sight, by brand
admin-right-by-channel = Right at first sight, by channel
admin-right-by-version = Right at first sight, by reader
admin-taps = Taps to the price
admin-taps-note = Mean of the photos that came to a code. 0: the prices came with the reading.
admin-none-found = No code found
admin-none-found-note = Of all photos.
admin-wrong-auto = Wrong automatic answers
admin-wrong-auto-note = Of the photos answered with prices at once: how often somebody chose another code afterwards.
admin-none-counted = Nothing was counted in this span.
admin-shown-first = The { $rows } with most photos; the table has all.
admin-as-table = As a table
admin-unit-photos = photos
admin-unit-taps = taps
admin-axis-days = day
admin-axis-weeks = week from Monday
admin-no-brand = no known brand
admin-no-version = unknown
admin-channel-telegram = Telegram
admin-channel-kakao = KakaoTalk
admin-channel-web = Web chat
admin-col-day = Day
admin-col-week = Week from
admin-col-brand = Brand
admin-col-channel = Channel
admin-col-version = Reader
admin-col-photos = Photos
admin-col-answered = With a code
admin-col-none = No code
admin-col-failed = Unread
admin-col-typed = Typed codes
admin-col-share = Share
admin-col-interval = 95 % interval
admin-col-so-many = So many
admin-col-of-all = Of
admin-col-taps-each = Taps a photo
admin-col-taps = Taps
admin-col-tapped = Photos
admin-sources = Price sources
admin-sources-note = How each answered last, as this process has seen since it was started.
admin-col-source = Source
admin-col-state = Last answer
admin-col-asked = When
admin-col-calls = Calls
admin-col-left = Left
admin-source-unasked = Not asked yet
admin-source-resting = Left alone after failures
admin-source-ok = Answered
admin-source-empty = Answered, nothing fits
admin-source-down = Cannot be reached
admin-source-slow = Too slow
admin-source-quota = Quota used up
admin-source-retired = Service ended
admin-source-refused = Key refused
