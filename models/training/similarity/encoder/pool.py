"""A function as one vector: what the encoder of the bug finder says of its tokens, averaged."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bug_finder.batches import previous_uses
from bug_finder.model import BugFinder

# The ways to average, side by side in what `pool` gives: all tokens alike; by how rare their words are; and the same of the
# vectors that go into the first layer, which know words but no context.
WAYS = ("mean", "weighted", "words")

# The first numbers of a token are the pieces of its word, as `function-features.ts` writes them.
PIECES = 5


@dataclass
class Functions:
    """Columns as `extract.ts` writes them: `tokens` (tokens x features + 2: variable and statement), and one number a function."""

    tokens: np.ndarray
    starts: np.ndarray
    counts: np.ndarray
    language: np.ndarray
    repository: np.ndarray
    name: np.ndarray

    def __len__(self) -> int:
        return len(self.counts)

    def rows(self, index: int) -> np.ndarray:
        return self.tokens[self.starts[index] : self.starts[index] + self.counts[index]]


def read(folder: Path, name: str) -> Functions:
    about = json.loads((folder / f"{name}.json").read_text())
    tokens = np.fromfile(folder / f"{name}.tokens.bin", dtype=np.uint16).reshape(-1, about["features"] + 2)
    columns = np.fromfile(folder / f"{name}.functions.bin").reshape(-1, about["columns"]).astype(np.int64)
    return Functions(tokens, *columns.T)


def rarities(functions: Functions, size: int) -> np.ndarray:
    """By piece: the natural logarithm of how many functions there are for one that has it. Nothing, piece 0, weighs nothing."""
    having = np.ones(size)
    for i in range(len(functions)):
        having[np.unique(functions.rows(i)[:, :PIECES])] += 1
    rarity = np.log((len(functions) + 1) / having)
    rarity[0] = 0
    return rarity


def batches(functions: Functions, indices: np.ndarray, most: int = 4096):
    """Lists of functions of like length, of at most `most` tokens with padding. Those without tokens are left out."""
    order = indices[np.argsort(functions.counts[indices], kind="stable")]
    group: list[int] = []
    for index in order:
        if functions.counts[index] == 0:
            continue
        if group and (len(group) + 1) * functions.counts[index] > most:
            yield group
            group = []
        group.append(int(index))
    if group:
        yield group


def collate(functions: Functions, group: list[int], rarity: np.ndarray) -> tuple[tuple[Tensor, ...], Tensor, Tensor]:
    """What the encoder takes; 1 for each token that is there; and how rare its word is."""
    length = int(functions.counts[group].max())
    rows = np.zeros((len(group), length, functions.tokens.shape[1]), dtype=np.int32)
    previous = np.full((len(group), length), -1, dtype=np.int32)
    there = np.zeros((len(group), length), dtype=np.float32)
    weight = np.zeros((len(group), length), dtype=np.float32)
    for i, index in enumerate(group):
        own = functions.rows(index)
        rows[i, : len(own)] = own
        previous[i, : len(own)] = previous_uses(own[:, -2])
        there[i, : len(own)] = 1
        pieces = own[:, :PIECES]
        # The mean, or long names would count for being long.
        weight[i, : len(own)] = rarity[pieces].sum(1) / np.maximum(1, (pieces > 0).sum(1))
    table = torch.from_numpy(rows)
    inputs = (table[:, :, :-2].contiguous(), table[:, :, -2], table[:, :, -1], torch.from_numpy(previous))
    return inputs, torch.from_numpy(there), torch.from_numpy(weight)


def average(x: Tensor, weight: Tensor) -> Tensor:
    return (x * weight[:, :, None]).sum(1) / weight.sum(1, keepdim=True).clamp(min=1e-6)


@torch.no_grad()
def pool(model: BugFinder, functions: Functions, rarity: np.ndarray) -> np.ndarray:
    """(functions, `WAYS`, width); nothing for functions without tokens."""
    found = np.zeros((len(functions), len(WAYS), model.shape.width), dtype=np.float32)
    for group in batches(functions, np.arange(len(functions))):
        inputs, there, weight = collate(functions, group, rarity)
        x = model.encode(*inputs)
        features = inputs[0]
        words = model.table(features.reshape(-1, features.shape[2]).long()).view(*features.shape[:2], -1)
        ways = (average(x, there), average(x, weight), average(model.norm_table(words), weight))
        found[group] = torch.stack(ways, 1).numpy()
    return found
