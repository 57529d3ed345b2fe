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
    blanks: tuple["Blank", ...] = ()


@dataclass
class Blank:
    """A site whose token was taken out, to be filled in: it teaches what belongs where, many places a pass."""

    token: int
    site: int
    answer: int
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
    blanks: "Blanks"


@dataclass
class Blanks:
    """Places to fill in: `row` and `token` say where; of `choose` those with choices (`choices`, `choice`), of `point` those
    with variables (`may_point`, `pointed`), as in `Batch`."""

    choose: tuple[Tensor, Tensor]
    choices: Tensor
    choice: Tensor
    point: tuple[Tensor, Tensor]
    may_point: Tensor
    pointed: Tensor


def draw(injector: Injector, index: int, random: np.random.Generator, buggy: bool, kind: int | None = None,
         blank: float = 0.0) -> Sample:
    """A function as it is, or with a bug where it has room for one. `blank`: the share of the other sites to take out."""
    rows = injector.rows(index)
    found = injector.inject(index, rows, random, kind) if buggy else None
    # Only now: whoever shuffles first and injects afterwards marks the bug with a number that fits nothing else.
    shuffle_symbols(injector, rows, random)
    if found is not None:
        token, repair, kind_found = found
        sample = Sample(rows, token, repair, kind_found, index, allowed_at(injector, index, rows, token))
    else:
        sample = Sample(rows, 0, -1, -1, index, np.empty(0, dtype=np.int64))
    if blank > 0:
        sample.blanks = take_out(injector, sample, random, blank)
    return sample


def take_out(injector: Injector, sample: Sample, random: np.random.Generator, share: float) -> tuple[Blank, ...]:
    """Empties some sites; they are no places for a bug then."""
    rows, layout = sample.rows, injector.layout
    found = []
    for token in np.flatnonzero((rows[:, injector.site] > 0) & (random.random(len(rows)) < share)):
        if token == sample.token:
            continue
        site = int(rows[token, injector.site])
        symbol = int(rows[token, injector.symbol])
        if site == injector.variable:
            if np.count_nonzero(rows[:, injector.symbol] == symbol) < 2:
                continue
            allowed = np.append(allowed_at(injector, sample.index, rows, int(token)), symbol)
            if len(allowed) < 2:
                continue
            found.append(Blank(int(token), site, symbol, allowed))
            rows[token, layout.bindingFeature] = layout.bindingFrom
            rows[token, layout.symbolFeature] = 0
            rows[token, injector.symbol] = 0
        else:
            found.append(Blank(int(token), site, int(rows[token, injector.choice]), np.empty(0, dtype=np.int64)))
        rows[token, : layout.pieces] = 0
        rows[token, injector.site] = 0
    return tuple(found)


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
    blanks = collate_blanks(injector, samples, rows)
    features = torch.from_numpy(np.ascontiguousarray(rows[:, :, : layout.features]))
    column = lambda name: torch.from_numpy(np.ascontiguousarray(rows[:, :, layout.token(name)]))
    inputs = (features, column("symbol"), column("statement"), torch.from_numpy(previous), column("site"))
    return Batch(inputs, torch.from_numpy(token), torch.from_numpy(choice), torch.from_numpy(choices),
                 torch.from_numpy(pointed), torch.from_numpy(may_point), samples, blanks)


def collate_blanks(injector: Injector, samples: list[Sample], rows: np.ndarray) -> Blanks:
    choose, point, choices, choice, may_point, pointed = [], [], [], [], [], []
    for i, sample in enumerate(samples):
        for it in sample.blanks:
            if it.site == injector.variable:
                symbol = rows[i, :, injector.symbol]
                right = symbol == it.answer
                if not right.any():  # its other places were taken out, too
                    continue
                point.append((i, it.token))
                may_point.append(np.isin(symbol, it.allowed))
                pointed.append(right)
            else:
                start, end = injector.range_of_site[it.site]
                may = np.zeros(len(injector.layout.choices), dtype=bool)
                may[start:end] = True
                choose.append((i, it.token))
                choices.append(may)
                choice.append(it.answer)
    places = lambda pairs: tuple(torch.tensor([it[side] for it in pairs], dtype=torch.long) for side in (0, 1))
    table = lambda lines, width: torch.from_numpy(np.array(lines, dtype=bool).reshape(-1, width))
    return Blanks(places(choose), table(choices, len(injector.layout.choices)), torch.tensor(choice, dtype=torch.long),
                  places(point), table(may_point, rows.shape[1]), table(pointed, rows.shape[1]))


def previous_uses(symbol: np.ndarray) -> np.ndarray:
    """By token: the token before that names the same variable, or -1."""
    found = np.full(len(symbol), -1, dtype=np.int32)
    named = np.flatnonzero(symbol)
    order = named[np.argsort(symbol[named], kind="stable")]
    same = symbol[order[1:]] == symbol[order[:-1]]
    found[order[1:][same]] = order[:-1][same]
    return found


def epochs(injector: Injector, seed: int, tokens: int, longest: int, start: int = 0, part: tuple[int, int] = (0, 1),
           turn: tuple[int, int] = (0, 1)) -> Iterator[tuple[int, int, Batch]]:
    """Endless steps: the number of samples before each, the number in it, and a batch of at most `tokens` tokens, padding
    included; the same for a seed wherever one starts. With `part` (rank, of), a step is so many batches, of which this is
    one; with `turn` (number, of), only every such step is made. Each function comes twice in a batch, as it is and with a
    bug: what differs is the bug."""
    lengths = injector.functions.lengths()
    short = np.flatnonzero(lengths <= longest)
    rank, of = part
    done, epoch, step = 0, 0, 0
    while True:
        order = np.random.default_rng([seed, epoch]).permutation(short)
        for first in range(0, len(order), POOL):
            pool = order[first : first + POOL]
            if done + 2 * len(pool) <= start:
                done += 2 * len(pool)
                continue
            random = np.random.default_rng([seed, epoch, first])
            pool = pool[np.argsort(lengths[pool] + random.random(len(pool)), kind="stable")]
            groups, group = [], []
            for index in pool:
                if group and 2 * (len(group) + 1) * lengths[index] > tokens:
                    groups.append(group)
                    group = []
                group.append(index)
            groups.append(group)
            turns = random.permutation(len(groups))
            for at in range(0, len(turns) - of + 1, of):
                total = 2 * sum(len(groups[it]) for it in turns[at : at + of])
                if done >= start:
                    if step % turn[1] == turn[0]:
                        own = np.random.default_rng([seed, epoch, first, at + rank])
                        yield done, total, collate(injector, twins(injector, groups[turns[at + rank]], own))
                    step += 1
                done += total
        epoch += 1


def twins(injector: Injector, group: list[int], random: np.random.Generator) -> list[Sample]:
    return [draw(injector, int(it), random, buggy, None, BLANK if random.random() < BLANKED else 0.0)
            for it in group for buggy in (True, False)]


# Of this share of the functions, this share of the sites is taken out; the others are as they will be when it counts.
BLANKED = 0.5
BLANK = 0.3

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
