# Greeting and help
welcome =
    Hello! I find style codes. 👟
    Send me a photo of a shoe tag or box label: I read the style code and look up prices.
    You can also type the code, for example DD1391-100
help =
    How it works:
    • Send a photo of the tag inside the shoe or of the box label, close enough that the print is sharp.
    • If you know the code, just type it, for example DD1391-100
    • If I misread it, press “Correct it” and change single characters.
    /history past codes · /language language · /delete delete my data
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
none-found =
    I found no style code on this photo.
    Please photograph the tag inside the shoe or the box label from close up and without glare. You can also type the code, for example DD1391-100
confirm-button = That’s right
edit-button = Correct it
enter-button = Pick characters
refuse-button = Not this
refused = All right. Send a closer photo of the tag, or type the code.

# What else the tag says: one line under the code
tag-line = On the tag: { $fields }
tag-made-in = made in { $country }
tag-price = tag price { $price }
tag-barcode = barcode { $digits }

# Photos that cannot be read
photo-no-picture = This does not seem to be a picture. Please send a JPEG, PNG, WebP or HEIC photo.
photo-too-large = This photo is too large. Please send one of at most 20 MB and 50 megapixels.
photo-broken = This photo file is damaged. Please take it again or send the original.
photo-animated = I cannot read moving pictures. Please send one still photo.
photo-unreadable = I cannot read this photo. Please send it as JPEG or PNG.
photo-not-fetched = I could not receive the photo. Please send it again in a moment.
reader-busy = Many photos are waiting right now. Please send this one again in a moment.

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
edit-cancelled = Stopped correcting.
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
best-price =
    { $code }
    Lowest price { $price }
no-offers =
    { $code }
    I have no price to show right now. The link below searches for it.
offer-line = { $place }. { $price } · { $mall } ({ $source }, { $time } KST)
offer-button = { $price } · { $mall }
name-naver = Naver Shopping
name-catalogue = Shop’s own price list
source-down = { $source }: not reachable right now, so its prices are missing.
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
invalid-date = That looks like a date. The style code usually stands somewhere near it, for example DD1391-100
invalid-barcode = That looks like the barcode’s number. Please type the style code instead, for example DD1391-100
invalid-phone = That looks like a phone number. Please type the style code, for example DD1391-100
invalid-size = That looks like a shoe size. Please type the style code, for example DD1391-100
invalid-price = That looks like a price. Please type the style code, for example DD1391-100
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
edit-stale = The text has changed meanwhile. This is how it stands.
trouble = Sorry, something went wrong and I could not do that. Please try again in a moment.
