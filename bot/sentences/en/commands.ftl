# Commands: what Telegram's menu says of each; `.help` is its line in /help, `.page` what the
# web page calls it. Which are offered where: bot/talk/commands.py
command-help = How it works
    .page = Help
command-start =
    .page = Welcome message
command-history = Style codes I looked up
    .help = past codes (try /history nike)
    .page = History
command-watch = Tell me when a price drops
    .help = price alert
command-watches = Codes I watch
    .help = what I watch
command-stats = My numbers at a glance
    .help = my numbers
command-export = My records as a file
    .help = my records as a file
command-language = Change the language
    .help = language
    .page = Language
command-privacy = What is kept, and for how long
    .help = what is kept
command-delete = Delete everything of mine
    .help = delete my data
    .page = Delete everything of mine
