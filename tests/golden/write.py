"""`python -m tests.golden.write [NAME ...]`: write the answers of transcripts anew."""

from __future__ import annotations

import asyncio
import sys
from difflib import unified_diff
from pathlib import Path

from tests.golden.bare import expected
from tests.golden.script import parse, scripts, written


def rewrite(path: Path) -> bool:
    """Play a transcript, show the difference, write it; whether there was one."""
    old = path.read_text("utf-8")
    script = parse(old)
    _, answers = asyncio.run(expected(script))
    new = written(script, answers)
    if new == old:
        return False
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    sys.stdout.writelines(unified_diff(*lines, f"{path.name} as it was", f"{path.name} now"))
    path.write_text(new, "utf-8")
    return True


def main(names: list[str]) -> None:
    """Write the named transcripts, or all."""
    chosen = [path for path in scripts() if not names or path.stem in names]
    changed = [path.name for path in chosen if rewrite(path)]
    print(f"{len(chosen)} transcripts, changed: {', '.join(changed) or 'none'}")


if __name__ == "__main__":
    main(sys.argv[1:])
