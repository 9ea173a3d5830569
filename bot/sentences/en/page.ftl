# What the web page says by itself: bot/channels/web/static/*.js and *.html use these names without
# "page-". The page fills in what is variable.

# The page's frame
page-noscript = This page needs JavaScript.
page-description = Send a photo of a shoe tag, get its style code and prices.
page-title = Pumbeon 품번
page-online = Reads shoe tags for you
page-offline = Lost the connection to the server
page-held = Waiting until the server takes messages again
page-offline-long = Not connected. What you write is sent, in order, once the connection is back.
page-back = Connected again
page-headline =
    A photo of the tag,
    the code, the prices
page-intro = Send a photo of a hang tag or box label. Pumbeon finds the style code, asks whether it is right, and shows prices.
page-step1 = Send the tag: take a photo, drop one here, or paste it.
page-step2 = Check the code; tap a wrong character to fix it.
page-step3 = See the prices, and find them again in your history.
page-privacy = Photos and history stay on this server. Delete them any time from the menu.
page-welcome = Snap the tag, see the price elsewhere
page-how = Let the style code be seen; tilted or upside down is fine.
page-other = 한
page-switch = 한국어로 바꾸기
page-more = More
page-log = Conversation
page-theme = Light or dark

# Writing and sending
page-sample = Try a sample tag
page-choose = Choose a photo
page-camera = Take a photo
page-file = Choose a photo
page-hint = Or type a style code
page-send = Send
page-drop = Drop it here to send
page-no-picture = Only pictures can be sent. Please choose a photo of the tag.
page-too-many = Up to ten photos at once.
page-take-away = Remove
page-tray = Photos to send
page-photo = Photo
page-enlarge = Show the photo larger
page-sent = The photo you sent
page-uploading = Sending
page-cancel = Cancel
page-waiting = Waiting for the connection. It will be sent as soon as it is back.
page-again = Send again
page-failed = The server could not be reached.
page-share-limit = You have sent as many photos as are read for now. Please share this one again later.
page-share-failed = The photo you shared did not arrive. Please choose it here.

# Answers
page-reading = Reading
page-answering = Looking that up
page-you = You
page-bot = Pumbeon
page-marked = The photo with the code marked
page-chart = A chart of prices seen
page-example = A drawing of where to find the code
page-copy = Copy
page-copied = Copied
page-lowest = Lowest price
page-offers = Offers
page-strip = The part of the photo with the code
page-find = Search
page-find-hint = Code, brand, date

# Marking the code on the photo
page-mark-title = Mark where the code is
page-mark-help = Fit the frame around the code. Zoom with two fingers or the wheel, and turn the photo until the code is upright.
page-mark-keys = Arrows: move · Shift+arrows: size · + −: zoom · R: turn by 90° · [ ]: tilt · Enter: read
page-mark-frame = Frame around the code
page-mark-place = { $x }% from the left, { $y }% from the top, { $w }% wide, { $h }% high
page-zoom-in = Zoom in
page-zoom-out = Zoom out
page-turn-left = Turn left by 90°
page-turn-right = Turn right by 90°
page-tilt = Tilt
page-read-this = Read this
page-mark-again = Mark again
page-right = That's right
page-close = Close
page-mark-none = No code found there. Fit the frame around the code alone and try again.
page-mark-lost = The photo cannot be opened. Please open it again with the button in the Telegram chat.
page-mark-done = The code is in the chat now.
page-not-there = The photo is no longer there. Please send it again.
page-mark-twins = One character is easily mistaken. Press the one that is on the tag.
