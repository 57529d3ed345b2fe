"""Real fixes as samples: the function with its bug, and the function as it was repaired."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .batches import Sample, allowed_at, shuffle_symbols
from .data import Functions, Layout, repositories_of
from .inject import Injector


@dataclass
class Fixes:
    """Function 2i of `injector.functions` is broken, 2i+1 is its repair; `notes[i]` says where it comes from."""

    injector: Injector
    notes: list[dict]

    def __len__(self) -> int:
        return len(self.notes)

    def broken(self, i: int, random: np.random.Generator | None) -> Sample:
        injector, index = self.injector, 2 * i
        rows = injector.rows(index)
        token, repair = int(self.notes[i]["token"]), int(self.notes[i]["repair"])
        if random is not None:
            shuffle_symbols(injector, rows, random)
        kind = int(injector.kind_of_site[rows[token, injector.site]])
        return Sample(rows, token, repair, kind, index, allowed_at(injector, index, rows, token))

    def repaired(self, i: int, random: np.random.Generator | None) -> Sample:
        rows = self.injector.rows(2 * i + 1)
        if random is not None:
            shuffle_symbols(self.injector, rows, random)
        return Sample(rows, 0, -1, -1, 2 * i + 1, np.empty(0, dtype=np.int64))


def read_fixes(data: Path, split: str, longest: int = 512) -> Fixes:
    """Those that look like fixes of bugs: of literals, which are changed for many reasons, only what its message calls a fix."""
    layout = Layout.read(data)
    tokens, functions, symbols, notes = [], [], [], []
    token_base = symbol_base = 0
    for name in repositories_of(split):
        at = data / "fixed" / name
        if not (at / "fixes.json").exists():
            continue
        own_tokens = np.fromfile(at / "tokens.bin", dtype=np.uint16).reshape(-1, layout.width)
        own = np.fromfile(at / "functions.bin", dtype=np.int32).reshape(-1, len(layout.functionColumns)).astype(np.int64)
        own_symbols = np.fromfile(at / "symbols.bin", dtype=np.int32).reshape(-1, len(layout.symbolColumns))
        own[:, layout.function("from")] += token_base
        own[:, layout.function("symbolsFrom")] += symbol_base
        for note in json.loads((at / "fixes.json").read_text()):
            pair = own[note["index"] : note["index"] + 2]
            if pair[:, layout.function("count")].max() > longest or not is_bug(note):
                continue
            functions.append(pair)
            notes.append(note)
        tokens.append(own_tokens)
        symbols.append(own_symbols)
        token_base += len(own_tokens)
        symbol_base += len(own_symbols)
    table = np.concatenate(functions) if functions else np.zeros((0, len(layout.functionColumns)), dtype=np.int64)
    empty = lambda width, kind: np.zeros((0, width), dtype=kind)
    return Fixes(
        Injector(Functions(layout, np.concatenate(tokens) if tokens else empty(layout.width, np.uint16), table,
                           np.concatenate(symbols) if symbols else empty(len(layout.symbolColumns), np.int32), [],
                           np.zeros(len(table), dtype=np.int32))),
        notes,
    )


def is_bug(note: dict) -> bool:
    """A literal that changed without anybody calling it a fix is a setting; what changes in tests is an expectation."""
    if note["kind"] == "swap":
        return False
    if note["kind"] == "literal":
        return bool(note["fixMessage"]) and not note["test"]
    return bool(note["fixMessage"] or note["isolated"]) and not note["test"]
