# Greeting and help
welcome =
    Hello! I find style codes. 👟
    Send me a photo of a shoe tag or box label: I read the style code and look up prices.
    You can also type the code, for example DD1391-100
help =
    How it works:
    • Send a photo of the tag inside the shoe or of the box label, close enough that the print is sharp.
    • If you know the code, just type it, for example DD1391-100
    • If I get it wrong, press “Correct it” and change single characters.
short-help = Send a photo of a shoe tag, or type a style code, for example DD1391-100
help-button = Help

# Reading a photo
found-sure =
    { $code }
    I could read this clearly. Is it right?
found-likely =
    { $code }
    This is probably it. Please compare it with the photo.
found-unsure =
    { $code }
    The print is faint and I am not sure. Please check each character.
found-by-barcode =
    { $code }
    I did not read this on the photo, but its barcode was confirmed as this code before. Is it right?
barcode-agrees = The barcode was confirmed as this code before, too.
found-by-caption =
    { $code }
    I found no code on the photo, but you wrote this one with it. Press the button if it is right.
found-as-written =
    { $code }
    I read the same code as you wrote with the photo. Is it right?
caption-instead = I can look up the code that you wrote with it.
none-found = I found no style code on this photo.
confirm-button = That’s right
edit-button = Correct it
enter-button = Enter one by one
refuse-button = Not this
refused = All right. Send a closer photo of the tag, or type the code.

# What else the tag says: one line under the code
tag-line = On the tag: { $fields }
tag-made-in = made in { $country }
tag-price = tag price { $price }
tag-barcode = barcode { $digits }

# Photos that cannot be read
photo-no-picture = I cannot open this file as a photo. Please send one as JPEG, PNG, WebP or HEIC.
photo-too-large = This photo is larger than 20 MB. Please send a smaller one.
photo-too-many-pixels = This photo has more pixels than I can open. Please make it smaller, or send a screenshot of it.
photo-broken = This photo file is damaged and cannot be opened. Please take it again or send the original.
photo-cut = The photo file is incomplete, so part of the photo is missing. If the code is there, please send the original again.
photo-animated = I cannot read moving pictures. Please send one still photo.
photo-unreadable = I cannot read this photo. Please send it as JPEG or PNG.
photo-not-fetched = I could not receive the photo. Please send it again in a moment.
reader-busy = Many photos are waiting right now. Please send this one again in a moment.
reader-rush = Many photos are waiting right now. Please send this one again in about { $seconds } seconds.

# Under photos that were sent at once
album-summary = { $photos } photos: { $codes ->
    [one] { $codes } code
   *[other] { $codes } codes
    }{ $without ->
        [0] {""}
       *[other] , { $without } without
    }

# Inline correction
edit-row =
    { $text }
    Press the character to change. You can also just type the whole code.
edit-replace =
    { $text }
    Choose what belongs in place { $place } instead of “{ $char }”.
edit-insert =
    { $text }
    { $marked }
    Choose the character to insert at ▾.
edit-empty = Choose the first character of the code. You can also just type the whole code.
edit-full = The code is too long to take another character.
edit-cancelled = Correction cancelled.
all-button = All characters
before-button = ← Insert before
after-button = Insert after →
append-button = Add at the end
delete-button = Delete this one
back-button = Back
done-button = Done
cancel-button = Cancel

# Prices
price = ₩{ $won }
lowest-price = Lowest price { $price }
no-offers = I have no price to show right now. The link below searches for it.
sample-prices = No shop is connected yet, so this is an example. These are no real prices.
offer-line = { $place }. { $price } · { $what } · { $where }
offer-place = { $own ->
    [1] { $source }, { $time } KST
   *[other] { $mall } ({ $source }, { $time } KST)
    }
offer-button = { $price } · { $mall }
name-naver = Naver Shopping
name-catalogue = Shop’s own price list
source-down = { $source }: cannot be reached right now, so its prices are missing.
source-slow = { $source }: took too long to answer, so its prices are missing.
source-quota = { $source }: today’s limit of look-ups is used up; try again later.
source-retired = { $source }: its price search has been shut down for good.
source-refused = { $source }: it rejected our access key.
naver-button = Open in Naver Shopping
price-button = Check price again

# Typed codes
invalid-empty = The code is empty. Please enter its characters.
invalid-short = That is too short for a style code. Is a character missing?
invalid-long = That is too long for a style code. Please send the code alone.
invalid-characters = A style code has only letters A-Z, digits, - . / and spaces.
invalid-no-digit = There is no digit in it, so it does not look like a style code. Please type it as printed on the tag, for example DD1391-100
invalid-date = That looks like a date. The style code is usually printed near it, for example DD1391-100
invalid-barcode = That looks like the barcode’s number. Please type the style code instead, for example DD1391-100
invalid-phone = That looks like a phone number. Please type the style code, for example DD1391-100
invalid-size = That looks like a shoe size. Please type the style code, for example DD1391-100
invalid-price = That looks like a price. Please type the style code, for example DD1391-100
invalid-order = This looks like an order, parcel or account number. Please type the style code, for example DD1391-100
typed-several = I see { $count } style codes. Press the one whose price you want.
typed-more = Please send the other { $more } separately.
typed-settled = If you meant { $typed }, press it below.
typed-link = There is no style code in this link, and I do not open the page behind it. Please send the code from that page or from the shoe’s tag: with it I can find the prices of that very shoe. For example DD1391-100
typed-words = “{ $words }” has no style code, so I cannot tell exactly which shoe you mean. Search for it with the link below, or send me the code on the tag, for example DD1391-100
invalid-material = That looks like a material. Please type the style code, for example DD1391-100

# History
history-empty = You have not looked up any code yet. Send a photo of a shoe tag.
history-page = { $total ->
    [one] One past code
   *[other] { $total } past codes
    } (page { $page } of { $pages }). Press one to look up its price again.
history-entry = { $code } · { $date } · { $price }
history-no-price = no price
newer-button = ← Newer
older-button = Older →
then-and-now = { $date }: { $then }, now { $now } ({ $change ->
    [down] ▼ { $difference } less
    [up] ▲ { $difference } more
   *[same] unchanged
    })
then-only = { $date }: { $then }; no price found now.
now-only = { $date }: no price was found then.

# Language and deleting
language-ask = Which language do you prefer? 어떤 언어로 말할까요?
language-name = English
language-chosen = I will speak English from now on.
forget-ask = Delete all your photos and codes? This cannot be undone.
forget-yes-button = Delete everything
forget-no-button = Keep it
forgotten = All your photos and records are deleted{ $codes ->
    [0] .
    [one] , with the one code you looked up.
   *[other] , with the { $codes } codes you looked up.
    }
forgotten-nothing = There is nothing left to delete.
forget-kept = Nothing was deleted.

# When something is wrong
button-old = This button no longer works. Please send the photo or the code again.
button-not-yours = This button is someone else’s, or its record was deleted. Send a photo or a code and I will look it up for you.
edit-stale = The code has changed in the meantime. Here it is now.
trouble = Sorry, something went wrong and I could not do that. Please try again in a moment.

# Right at once: prices that come with a reading that is sure
price-unasked = I read this clearly on the photo. If it is not right, press “Wrong?”.
wrong-button = Wrong?
confirmed-thanks = Thanks! Saved as { $code }.
copy-button = Copy code
confirmed-here = ✓ You confirmed this code.

# A zero and an O, a one and an I
found-twins =
    { $code }
    I cannot tell whether character { $place } is the digit { $digit } or the letter { $letter }. Which one is on the tag?

# No code on the photo: what was seen instead, and where the code stands
none-found-but = I see { $seen }, but no style code.
none-found-next = Please take a close-up of that spot without glare, or mark it on the photo. You can also type the code, for example { $code }
seen-brand = the name { $brand }
seen-barcode = a barcode
seen-sizes = sizes
seen-price = a price
seen-date = a date
seen-colour = a colour
seen-origin = a country of origin
where-anywhere = It is usually on the tag inside the shoe or on the box label, near the sizes or the barcode, like { $code }
where-under-sizes = On this brand’s tags it is just below the sizes, near the barcode, like { $code }
where-above-barcode = On this brand’s labels it is right above the barcode, like { $code }
where-art = On this brand’s tags it comes after “ART” or next to the sizes, in small print, like { $code }
where-style = On this brand’s tags it comes after “STYLE” or “SN”, above the sizes, like { $code }
where-size-label = On this brand’s shoes it is on the size label inside the tongue, below or next to the sizes, like { $code }
where-box = It is easiest to find on this brand’s box label or paper tag, in the first lines, like { $code }

# Marking the code on the photo
mark-button = Mark the code on the photo
mark-too-small = The marked part is too small to read. Please mark the whole code with a little edge around it.
mark-no-photo = That photo is no longer available. Please send it again.
mark-often = I have read this photo many times already. Please take it again from closer, or type the code.

# Limits
limit-minute = That was quick! I can read { $most } photos a minute from each person. Please send this one again in a minute.
limit-day = That was a lot of photos today. I can read { $most } a day from each person; please send this one again tomorrow. Typed codes still work.

# What sets an offer apart
offer-used = used
offer-abroad = from abroad
offer-set = several pairs
offer-kids = children’s sizes
offer-resale = resale
offer-sample = example

# Prices in another chat
inline-help = Type a style code, for example DD1391-100

# History: searching, and the page of one code
history-button = Past codes
history-all-button = Show all
history-entry-again = { $code } · { $times }× · { $date } · { $price }
search-hint = To search, add a code, brand or date, for example /history nike
search-page = “{ $term }”: { $total ->
    [one] one code
   *[other] { $total } codes
    } (page { $page } of { $pages })
search-empty = No code of yours fits “{ $term }”. Try part of a code, a brand or a date such as 2026-11
lowest-seen = Lowest price seen so far: { $price } ({ $date })
seen-often = First seen { $date }, looked up { $times } times.
look-up = • { $date } { $how } · { $price }
look-up-photo = photo
look-up-typed = typed
newer-photo-button = ← Newer photo
older-photo-button = Older photo →
remove-button = Remove
remove-ask = { $times ->
    [one] Remove the record of { $code } and its photo?
   *[other] Remove all { $times } records of { $code } and their photos?
    } This cannot be undone.
remove-yes-button = Remove
removed = { $code } is removed from your history.
remove-kept = Nothing was removed.

# Export
export-csv-button = Get as CSV
export-json-button = Get as JSON
export-done = { $rows ->
    [0] No records yet; what you set and watch is in { $name }.
    [one] One record is in { $name }.
   *[other] { $rows } records are in { $name }.
    }
export-cut = One file cannot hold them all: it has the newest { $rows }.
export-empty = There is nothing to export yet. Send a photo of a shoe tag.
column-time = Looked up at
column-code = Style code
column-brand = Brand
column-status = Status
column-photo = Photo
column-price = First lowest price (won)
column-lowest = Lowest price so far (won)
column-mall = Shop
column-link = Link
column-sizes = Sizes
column-colour = Colour
column-origin = Made in
column-barcodes = Barcodes
cell-yes = yes
cell-no = no
status-read = not confirmed
status-none-found = no code found
status-confirmed = confirmed
status-picked = picked another
status-edited = corrected
status-typed = typed
status-refused = refused
status-failed = not readable

# Numbers about oneself
stats-title = 📊 Your numbers
stats-photos = { $photos ->
    [one] One photo
   *[other] { $photos } photos
    } sent, { $codes ->
    [one] one code
   *[other] { $codes } codes
    } found
stats-first = Of { $said ->
    [one] one photo
   *[other] { $said } photos
    } with a confirmed code, the first suggestion was right for { $first } ({ $percent }%).
stats-mended = Corrected or typed again: { $mended ->
    [one] one photo
   *[other] { $mended } photos
    }.
stats-taps = Taps from photo to price, on average: { NUMBER($taps, maximumFractionDigits: 1) }
stats-brands = Brands: { $brands }
stats-brand = { $brand } { $codes }
stats-lowest = Your cheapest codes
stats-find = • { $code } { $price }
stats-empty = There is nothing to count yet. Send a photo of a shoe tag.

# Privacy, and consent for training
privacy =
    🔒 What is kept?
    • The photos you send (without EXIF such as place or device), the codes and barcodes read on them, and what else the tag says
    • The code you chose, the prices shown with it, how often you pressed, your latest search terms
    • Your language, your answer about training below, the codes and prices you watch, and the messages you sent

    For how long?
    { $rows ->
        [0] Until you delete it; messages go earlier.
       *[other] For { $rows } days at most; messages go earlier.
    }{ $photos ->
        [0] {""}
       *[other] {" "}Photos are deleted after { $photos } days.
    } /delete removes everything at once, photos included. To remove a single code, open it under /history.

    Who sees it?
    Only who runs this bot. To find prices, the code alone is sent to shop searches. Which codes and barcodes were confirmed helps to read other people’s photos, without telling by whom.
consent-ask =
    May I learn from your tag photos and corrections, to read tags better?
    Everything works the same if you say no, and you can change it under /privacy at any time.
consent-yes-button = Yes, learn from them
consent-no-button = No, please don’t
consent-thanks = Thank you! If you change your mind, see /privacy
consent-respected = All right, your photos will not be used for training. If you change your mind, see /privacy
consent-open = Training: you have not answered yet, so your photos are not used for it.
consent-given = Training: you allowed it on { $date }.
consent-denied = Training: you said no on { $date }, so your photos are not used for it.

# Names of price sources, and the middle of many prices
name-elevenst = 11Street
name-google = Google Shopping
name-serpapi-naver = Naver Shopping (SerpApi)
price-shops = { $count ->
    [one] 1 shop
   *[other] { $count } shops
    }
price-middle = median { $price }

# Charts of prices seen
chart-title = { $code } · lowest prices seen by this bot
chart-titles = Lowest prices seen by this bot
chart-lowest = Lowest of all
# Along the axes: dates as strftime writes them, large amounts by the ten thousand won (not here)
chart-year = %Y
chart-month = %b
chart-day = %b %d
chart-amount = ₩{ $won }
chart-ten-thousands = {""}

# Watching a code's price
watch-button = Watch
unwatch-button = Stop watching
unwatch-code-button = Stop { $code }
watches-button = Watched codes
watch-on-below = { $code }: I will tell you when it drops below { $price }.
watch-on-fall = { $code }: it is { $price } now, and I will tell you when it drops.
watch-on = { $code }: I will tell you when its price drops.
watch-no-price = There is no price right now, so I will start from the first one I find.
watch-below-now = It is { $price } already. I will tell you when it drops further.
watch-until = I will watch it for { $days } days. The list is under /watches
watch-at-visit = I cannot write to you first here, so I will tell you when you come back.
watch-off = No longer watching { $code }.
watch-already = I am already watching it like this. To change that, add a price, for example /watch { $code } 90000
watch-any-fall-button = Tell me about any drop
watch-all-sizes = I watch the lowest price of all sizes.
watch-several = I can take one code at a time. Press one of these { $count } to see its price, then press 🔔 there.
watch-full = You can watch up to { $most } codes. Please stop watching one and try again.
watch-what = Which code should I watch? For example /watch DD1391-100 or /watch DD1391-100 100000
watch-bad-price = I cannot watch for that price. Please give one from { $least } to { $most }, for example /watch DD1391-100 100000
watch-alert = 🔔 { $code } has dropped to { $price }.
watch-alert-before = That is { $difference } less than the { $price } you saw before.
watches-title = You watch { $count ->
    [one] one code
   *[other] { $count } codes
    }. Press a code to see its price now.
watches-line-below = • { $code } · below { $price } · last { $now }
watches-line-fall = • { $code } · any drop · last { $now }
watches-none = You are not watching any codes. Press 🔔 under a price, or send for example /watch DD1391-100
