"""Teaches a projection of what the bug finder's encoder says which functions do the same, and writes the vectors to compare.

    python -m similarity.encoder.train --checkpoint FILE [--out DIR] [--seed N]

Reads what `extract.ts` wrote into `--out`. Two functions of unrelated repositories that have the same specific name are a pair;
the other pairs of a batch are what it is not (InfoNCE: information noise-contrastive estimation). What is measured here is
on names that were kept from learning; the material is only encoded.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from pathlib import Path
from typing import Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from bug_finder.export import load
from bug_finder.model import BugFinder

from .pool import PIECES, WAYS, Functions, pool, rarities, read

SETS = ("learning", "algorithms", "exercises")
# Numbers in a vector: half a kilobyte a function.
WIDTH = 128
# How sharply the right one must stand out: the usual value for vectors of length 1 and batches of hundreds.
TEMPERATURE = 0.07
# Two that share more of their words than this are copies: they would teach to look for copies, which is solved.
COPIED = 0.6
# Pairs across languages are what is asked for; those within one count, too, but less.
ACROSS = 4
# Names kept from learning, to see when to stop: one in so many.
KEPT = 10


def main() -> None:
    it = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = Path(__file__).parent.parent.parent
    it.add_argument("--checkpoint", default=str(here / ".data" / "bug-finder" / "main" / "real.pt"))
    it.add_argument("--out", default=str(here / ".data" / "similarity" / "encoder"))
    it.add_argument("--seed", type=int, default=1)
    arguments = it.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    out = Path(arguments.out)
    model = load(Path(arguments.checkpoint))
    sets = {name: read(out, name) for name in SETS}
    learning = sets["learning"]
    rarity = rarities(learning, model.shape.table_rows)
    pairs = pairs_of(learning)
    kept = sorted(pairs)[::KEPT]
    learned = {name: some for name, some in pairs.items() if name not in set(kept)}
    print(f"{sum(map(len, learned.values()))} pairs of {len(learned)} names; {len(kept)} names are kept", flush=True)
    pooled = {name: pooled_once(out, name, model, some, rarity) for name, some in sets.items()}
    report = []

    def finish(name: str, vectors: dict[str, Tensor], parameters: int, began: float) -> None:
        for set_name, some in vectors.items():
            if set_name != "learning":
                some.numpy().astype(np.float32).tofile(out / f"{set_name}.{len(report)}.vectors")
        row = {"name": name, "width": vectors["learning"].shape[1], "parameters": parameters,
               "kept": round(quality(vectors["learning"].__getitem__, kept, pairs), 4), "seconds": round(time.process_time() - began, 1)}
        report.append(row)
        print(json.dumps(row), flush=True)

    for way, name in enumerate(WAYS):
        inputs = standard(sets, {key: some[:, [way]] for key, some in pooled.items()})
        finish(f"{name}, as it is", {key: F.normalize(some, dim=1) for key, some in inputs.items()}, 0, time.process_time())
    for name, ways in (("mean, projected", [0]), ("weighted, projected", [1]), ("words, projected", [2]),
                       ("all three, projected", [0, 1, 2])):
        began = time.process_time()
        inputs = standard(sets, {key: some[:, ways] for key, some in pooled.items()})
        head = nn.Linear(inputs["learning"].shape[1], WIDTH, bias=False)
        learn(head, inputs["learning"], learned, kept, pairs, arguments.seed)
        with torch.no_grad():
            vectors = {key: F.normalize(head(some), dim=1) for key, some in inputs.items()}
        finish(name, vectors, sum(it.numel() for it in head.parameters()), began)
    (out / "vectors.json").write_text(json.dumps({"ways": report, "pairs": sum(map(len, learned.values())),
                                                  "names": len(learned)}, indent=2) + "\n")


def pairs_of(functions: Functions) -> dict[int, np.ndarray]:
    """By name: (pairs, 3), two functions of different repositories, and how many tickets the pair has when one is drawn."""
    byname: dict[int, list[int]] = {}
    for i, name in enumerate(functions.name):
        if functions.counts[i] >= 8:
            byname.setdefault(int(name), []).append(i)
    words = {i: set(np.unique(functions.rows(i)[:, :PIECES])) for some in byname.values() for i in some}
    found = {}
    for name, some in byname.items():
        own = []
        for at, i in enumerate(some):
            for j in some[at + 1 :]:
                if functions.repository[i] == functions.repository[j]:
                    continue
                if len(words[i] & words[j]) > COPIED * len(words[i] | words[j]):
                    continue
                own.append((i, j, ACROSS if functions.language[i] != functions.language[j] else 1))
        if own:
            found[name] = np.array(own, dtype=np.int64)
    return found


def pooled_once(out: Path, name: str, model: BugFinder, functions: Functions, rarity: np.ndarray) -> np.ndarray:
    """Encoding takes minutes, all that is tried with it takes seconds."""
    at = out / f"{name}.pooled.npy"
    if at.exists():
        return np.load(at)
    began = time.process_time()
    found = pool(model, functions, rarity)
    np.save(at, found)
    print(f"{name}: {len(functions)} functions in {time.process_time() - began:.0f} s", flush=True)
    return found


def scale_of(functions: Functions, pooled: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean of each language and the common spread: that a function is of Rust must not count for what it does."""
    there = functions.counts > 0
    means = np.stack([pooled[there & (functions.language == it)].mean(0) for it in range(4)])
    spread = (pooled[there] - means[functions.language[there]]).std(0) + 1e-6
    return means, spread


def standard(sets: dict[str, Functions], pooled: dict[str, np.ndarray]) -> dict[str, Tensor]:
    means, spread = scale_of(sets["learning"], pooled["learning"])
    return {key: torch.from_numpy(((some - means[sets[key].language]) / spread).reshape(len(some), -1)).float()
            * torch.from_numpy(sets[key].counts > 0)[:, None] for key, some in pooled.items()}


def contrast(one: Tensor, other: Tensor) -> Tensor:
    """InfoNCE, asked from both sides."""
    logits = F.normalize(one, dim=1) @ F.normalize(other, dim=1).T / TEMPERATURE
    right = torch.arange(len(one))
    return (F.cross_entropy(logits, right) + F.cross_entropy(logits.T, right)) / 2


def draw(tickets: list[list[list[int]]], random: np.random.Generator, batch: int):
    """One pair of every name, in batches."""
    order = random.permutation(len(tickets))
    for first in range(0, len(order) - batch + 1, batch):
        some = [tickets[at] for at in order[first : first + batch]]
        yield np.array([it[int(at * len(it))] for it, at in zip(some, random.random(batch))])


def learn(head: nn.Module, inputs: Tensor, learned: dict[int, np.ndarray], kept: list[int], pairs: dict[int, np.ndarray],
          seed: int, epochs: int = 30) -> None:
    """Keeps what was best on the names that were kept."""
    random = np.random.default_rng(seed)
    tickets = [np.repeat(some[:, :2], some[:, 2], axis=0).tolist() for some in learned.values()]
    optimizer = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
    best, state = -1.0, None
    for epoch in range(epochs):
        head.train()
        for batch in draw(tickets, random, 256):
            loss = contrast(*(head(F.dropout(inputs[batch[:, side]], 0.2)) for side in (0, 1)))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        head.eval()
        with torch.no_grad():
            found = quality(lambda indices: F.normalize(head(inputs[indices]), dim=1), kept, pairs)
        if found > best:
            best, state = found, copy.deepcopy(head.state_dict())
    head.load_state_dict(state)


@torch.no_grad()
def quality(encode: Callable[[np.ndarray], Tensor], kept: list[int], pairs: dict[int, np.ndarray]) -> float:
    """Mean of 1 / rank of the other of a pair among all that were kept; of each name the likeliest pair."""
    chosen = np.array([pairs[name][pairs[name][:, 2].argmax(), :2] for name in kept])
    sums = encode(chosen[:, 0]) @ encode(chosen[:, 1]).T
    rank = (sums >= sums.diagonal()[:, None]).sum(1)
    return float((1 / rank).mean())


if __name__ == "__main__":
    main()
