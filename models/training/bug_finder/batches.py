"""Functions with and without bugs as padded batches of like length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator

import numpy as np
import torch
from torch import Tensor

from .data import Functions
from .inject import Injector


@dataclass
class Sample:
    """`token` is 0 for "no bug". `allowed` are the symbols that could stand there instead (empty for other kinds)."""

    rows: np.ndarray
    token: int
    repair: int
    kind: int
    index: int
    allowed: np.ndarray


@dataclass
class Batch:
    """What the model takes, and what it should answer: `token` (B), `choice` (B, -1: none), `choices` (B, C: what may
    stand there), `pointed` (B, L: where the right variable stands), `may_point` (B, L)."""

    inputs: tuple[Tensor, ...]
    token: Tensor
    choice: Tensor
    choices: Tensor
    pointed: Tensor
    may_point: Tensor
    samples: list[Sample]


def draw(injector: Injector, index: int, random: np.random.Generator, buggy: bool, kind: int | None = None) -> Sample:
    """A function as it is, or with a bug where it has room for one."""
    rows = injector.rows(index)
    found = injector.inject(index, rows, random, kind) if buggy else None
    # Only now: whoever shuffles first and injects afterwards marks the bug with a number that fits nothing else.
    shuffle_symbols(injector, rows, random)
    if found is not None:
        token, repair, kind_found = found
        return Sample(rows, token, repair, kind_found, index, allowed_at(injector, index, rows, token))
    return Sample(rows, 0, -1, -1, index, np.empty(0, dtype=np.int64))


def shuffle_symbols(injector: Injector, rows: np.ndarray, random: np.random.Generator) -> None:
    """The numbers of variables say nothing but which are the same; `misuse` looks them up by `symbol`, which stays."""
    layout = injector.layout
    column = rows[:, layout.symbolFeature]
    named = column > 0
    order = random.permutation(layout.symbolSlots)
    column[named] = layout.symbolsFrom + order[column[named] - layout.symbolsFrom]


def allowed_at(injector: Injector, index: int, rows: np.ndarray, token: int) -> np.ndarray:
    """The symbols that have a value at a variable's place, but for the one that stands there; the server asks the same."""
    if rows[token, injector.site] != injector.variable:
        return np.empty(0, dtype=np.int64)
    symbols = injector.symbols(index)
    at = injector.layout.symbol
    own = symbols[int(rows[token, injector.symbol]) - 1]
    fits = ((symbols[:, at("isVariable")] == 1) & (symbols[:, at("from")] <= token)
            & (symbols[:, at("until")] > token) & (symbols[:, at("name")] != own[at("name")]))
    return np.flatnonzero(fits) + 1


def collate(injector: Injector, samples: list[Sample]) -> Batch:
    layout = injector.layout
    size, length = len(samples), max(len(it.rows) for it in samples)
    rows = np.zeros((size, length, layout.width), dtype=np.int32)
    previous = np.full((size, length), -1, dtype=np.int32)
    token = np.zeros(size, dtype=np.int64)
    choice = np.full(size, -1, dtype=np.int64)
    choices = np.zeros((size, len(layout.choices)), dtype=bool)
    pointed = np.zeros((size, length), dtype=bool)
    may_point = np.zeros((size, length), dtype=bool)
    for i, it in enumerate(samples):
        count = len(it.rows)
        rows[i, :count] = it.rows
        symbol = it.rows[:, injector.symbol]
        previous[i, :count] = previous_uses(symbol)
        token[i] = it.token
        if it.token == 0:
            continue
        site = int(it.rows[it.token, injector.site])
        if site == injector.variable:
            pointed[i, :count] = symbol == it.repair
            may_point[i, :count] = np.isin(symbol, it.allowed)
            pointed[i] &= may_point[i]
        else:
            choice[i] = it.repair
            start, end = injector.range_of_site[site]
            choices[i, start:end] = True
            choices[i, it.rows[it.token, injector.choice]] = False
    features = torch.from_numpy(np.ascontiguousarray(rows[:, :, : layout.features]))
    column = lambda name: torch.from_numpy(np.ascontiguousarray(rows[:, :, layout.token(name)]))
    inputs = (features, column("symbol"), column("statement"), torch.from_numpy(previous), column("site"))
    return Batch(inputs, torch.from_numpy(token), torch.from_numpy(choice), torch.from_numpy(choices),
                 torch.from_numpy(pointed), torch.from_numpy(may_point), samples)


def previous_uses(symbol: np.ndarray) -> np.ndarray:
    """By token: the token before that names the same variable, or -1."""
    found = np.full(len(symbol), -1, dtype=np.int32)
    named = np.flatnonzero(symbol)
    order = named[np.argsort(symbol[named], kind="stable")]
    same = symbol[order[1:]] == symbol[order[:-1]]
    found[order[1:][same]] = order[:-1][same]
    return found


def epochs(injector: Injector, seed: int, tokens: int, longest: int, buggy: float,
           start: int = 0) -> Iterator[tuple[int, Batch]]:
    """Endless batches of at most `tokens` tokens, padding included, with the number of samples before each; the same for
    a seed wherever one starts."""
    lengths = injector.functions.lengths()
    short = np.flatnonzero(lengths <= longest)
    done, epoch = 0, 0
    while True:
        order = np.random.default_rng([seed, epoch]).permutation(short)
        for first in range(0, len(order), POOL):
            pool = order[first : first + POOL]
            if done + len(pool) <= start:
                done += len(pool)
                continue
            random = np.random.default_rng([seed, epoch, first])
            pool = pool[np.argsort(lengths[pool] + random.random(len(pool)), kind="stable")]
            groups, group = [], []
            for index in pool:
                if group and (len(group) + 1) * lengths[index] > tokens:
                    groups.append(group)
                    group = []
                group.append(index)
            groups.append(group)
            for at in random.permutation(len(groups)):
                samples = [draw(injector, int(it), random, random.random() < buggy) for it in groups[at]]
                yield done, collate(injector, samples)
                done += len(samples)
        epoch += 1


# Functions are sorted by length within pools of this size: padding stays below a few percent, and batches stay random.
POOL = 8192


class Prefetched:
    """Makes batches in other processes, so that the model never waits for them. With 0 workers, in this one."""

    def __init__(self, make, workers: int):
        self.make = make
        self.workers = workers

    def __iter__(self):
        if self.workers == 0:
            yield from self.make(0, 1)
            return
        import multiprocessing as mp

        context = mp.get_context("fork")
        queues = [context.Queue(maxsize=8) for _ in range(self.workers)]

        def work(rank: int) -> None:
            torch.set_num_threads(1)
            for it in self.make(rank, self.workers):
                queues[rank].put(it)

        children = [context.Process(target=work, args=(rank,), daemon=True) for rank in range(self.workers)]
        for it in children:
            it.start()
        turn = 0
        while True:
            yield queues[turn % self.workers].get()
            turn += 1
