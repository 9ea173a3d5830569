"""Labels as flat print: layout, wording, bars."""
