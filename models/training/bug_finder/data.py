"""What `functions.ts` wrote, as arrays: the functions of many repositories behind one another, each once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Layout:
    """How the numbers of a token are laid out; written by the extractor, so that there is one truth."""

    features: int
    pieces: int
    tableRows: int
    symbolSlots: int
    symbolsFrom: int
    symbolFeature: int
    bindingFeature: int
    bindingFrom: int
    choices: list[str]
    choicePieces: list[list[int]]
    sites: dict[str, dict[str, int]]
    bugKinds: list[str]
    languages: list[str]
    tokenColumns: list[str]
    functionColumns: list[str]
    symbolColumns: list[str]

    @staticmethod
    def read(data: Path) -> "Layout":
        return Layout(**json.loads((data / "functions" / "layout.json").read_text()))

    @property
    def width(self) -> int:
        """Numbers a token has in `tokens.bin`."""
        return self.features + len(self.tokenColumns)

    def token(self, name: str) -> int:
        """The column of a token behind its features."""
        return self.features + self.tokenColumns.index(name)

    def function(self, name: str) -> int:
        return self.functionColumns.index(name)

    def symbol(self, name: str) -> int:
        return self.symbolColumns.index(name)


@dataclass
class Functions:
    """Columns: `tokens` (tokens × width, uint16), `functions` (functions × columns, int64), `symbols` (symbols × columns, int32)."""

    layout: Layout
    tokens: np.ndarray
    functions: np.ndarray
    symbols: np.ndarray
    repositories: list[str]
    repository_of: np.ndarray

    def __len__(self) -> int:
        return len(self.functions)

    def lengths(self) -> np.ndarray:
        return self.functions[:, self.layout.function("count")]

    def languages(self) -> np.ndarray:
        return self.functions[:, self.layout.function("language")]


def repositories_of(split: str, here: Path = Path(__file__).parent.parent) -> list[str]:
    """The names of a split as folders name them, in the order of the list."""
    listed = json.loads((here / "repositories.json").read_text())
    return [it["repository"].replace("/", "+") for it in listed if it["split"] == split]


def read_functions(data: Path, split: str, folder: str = "functions", most: int = 512, unique: bool = True,
                   known: set[bytes] | None = None) -> Functions:
    """All functions of a split with a site and at most `most` tokens; of equal ones the first, and none of `known`."""
    layout = Layout.read(data)
    seen: set[bytes] = set(known or ())
    tokens, functions, symbols, names, owners = [], [], [], [], []
    token_base = symbol_base = 0
    for name in repositories_of(split):
        at = data / folder / name
        if not (at / "functions.bin").exists():
            continue
        own_tokens = np.fromfile(at / "tokens.bin", dtype=np.uint16).reshape(-1, layout.width)
        own = np.fromfile(at / "functions.bin", dtype=np.int32).reshape(-1, len(layout.functionColumns)).astype(np.int64)
        own_symbols = np.fromfile(at / "symbols.bin", dtype=np.int32).reshape(-1, len(layout.symbolColumns))
        keep = []
        for i, (start, count) in enumerate(own[:, :2]):
            if count > most or count < 6:
                continue
            rows = own_tokens[start : start + count]
            if unique:
                if not rows[:, layout.token("site")].any():
                    continue
                digest = hash_of(rows[:, : layout.features])
                if digest in seen:
                    continue
                seen.add(digest)
            keep.append(i)
        if not keep:
            continue
        own = own[keep]
        own[:, layout.function("from")] += token_base
        own[:, layout.function("symbolsFrom")] += symbol_base
        tokens.append(own_tokens)
        symbols.append(own_symbols)
        functions.append(own)
        owners.append(np.full(len(own), len(names), dtype=np.int32))
        names.append(name)
        token_base += len(own_tokens)
        symbol_base += len(own_symbols)
    if not functions:
        raise SystemExit(f"no functions of split {split} in {data / folder}: run functions.ts first")
    return Functions(layout, np.concatenate(tokens), np.concatenate(functions), np.concatenate(symbols), names,
                     np.concatenate(owners))


def hash_of(rows: np.ndarray) -> bytes:
    import hashlib

    return hashlib.blake2b(np.ascontiguousarray(rows).tobytes(), digest_size=12).digest()
