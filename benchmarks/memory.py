"""How much memory a process has had."""

from __future__ import annotations

import resource
from pathlib import Path


def peak_mb(process: int | None = None) -> float:
    """The greatest resident size so far of a process, or of this one, in megabytes.

    Not `ru_maxrss` where the kernel tells more: that begins with what the parent process had. Of
    another process it is 0 where the kernel does not tell.
    """
    status = Path(f"/proc/{process or 'self'}/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0 if process else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
