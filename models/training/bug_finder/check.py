"""Checks that an injected bug looks as the extractor would write it: mined bugs are put into their own repairs.

    python -m bug_finder.check
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np

from .fixes import read_fixes


def main() -> None:
    it = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    it.add_argument("--data", default=str(Path(__file__).parent.parent / ".data"))
    fixes = read_fixes(Path(it.parse_args().data), "training")
    injector, layout = fixes.injector, fixes.injector.layout
    found: Counter[str] = Counter()
    for i, note in enumerate(fixes.notes):
        broken, rows, token = injector.rows(2 * i), injector.rows(2 * i + 1), int(note["token"])
        site = int(rows[token, injector.site])
        if site == injector.variable:
            name = injector.symbols(2 * i)[int(broken[token, injector.symbol]) - 1][layout.symbol("name")]
            symbols = injector.symbols(2 * i + 1)
            wrong = np.flatnonzero(symbols[:, layout.symbol("name")] == name)
            if len(wrong) == 0:
                found["the wrong name stands nowhere else"] += 1
                continue
            injector.name(rows, token, symbols, int(wrong[0]) + 1)
        else:
            injector.put(rows, token, int(broken[token, injector.choice]))
        different = [name for name, columns in parts(layout).items() if not np.array_equal(renamed(rows, injector)[:, columns], renamed(broken, injector)[:, columns])]
        found[", ".join(different) or "the same"] += 1
    for what, count in found.most_common():
        print(f"{count:>6}  {what}")


def parts(layout) -> dict[str, list[int]]:
    all_but = [it for it in range(layout.features) if it != layout.symbolFeature]
    return {"features": all_but, "numbers of variables": [layout.symbolFeature], "statements": [layout.token("statement")],
            "sites": [layout.token("site"), layout.token("choice")]}


def renamed(rows: np.ndarray, injector) -> np.ndarray:
    """Variables numbered anew in the order in which they come."""
    rows = rows.copy()
    column = rows[:, injector.layout.symbolFeature]
    numbers: dict[int, int] = {0: 0}
    rows[:, injector.layout.symbolFeature] = [numbers.setdefault(int(it), len(numbers)) for it in column]
    return rows


if __name__ == "__main__":
    main()
