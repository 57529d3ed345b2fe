"""How good the bug finder is: on injected bugs of repositories that it never saw, and on real fixes and their fixed twins."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import torch

from .batches import Sample, allowed_at, collate, draw
from .inject import Injector
from .model import BugFinder

# The share of clean functions that are flagged, at which the share of found bugs is told.
FALSE_ALARMS = (0.001, 0.005, 0.01)


@torch.no_grad()
def answers(model, injector: Injector, samples: list[Sample], device: str = "cpu", tokens: int = 12_000) -> list[dict]:
    """For each sample: the place with the highest probability of a bug (`token`), that probability times that of its best
    repair (`score`), the repair, and whether place and repair are right."""
    order = sorted(range(len(samples)), key=lambda i: len(samples[i].rows))
    found: list[dict] = [{} for _ in samples]
    group: list[int] = []

    def ask() -> None:
        batch = collate(injector, [samples[i] for i in group])
        location, choice, pointer = (it.float().cpu() for it in model(*(it.to(device) for it in batch.inputs)))
        location = location.softmax(-1).numpy()
        for row, i in enumerate(group):
            found[i] = read(injector, samples[i], location[row], choice[row].numpy(), pointer[row].numpy())
        group.clear()

    for i in order:
        if group and (len(group) + 1) * len(samples[i].rows) > tokens:
            ask()
        group.append(i)
    if group:
        ask()
    return found


def read(injector: Injector, sample: Sample, location: np.ndarray, choice: np.ndarray, pointer: np.ndarray) -> dict:
    """What `find-bug.ts` makes of the same outputs."""
    count = len(sample.rows)
    places = np.argsort(-location[1:count])[:3] + 1
    best = {"token": 0, "repair": -1, "score": 0.0, "none": float(location[0])}
    for token in places:
        repair, probability = best_repair(injector, sample, int(token), choice, pointer)
        score = float(location[token]) * probability
        if score > best["score"]:
            best = {"token": int(token), "repair": repair, "score": score, "none": float(location[0])}
    best["top"] = int(places[0])
    if sample.token:
        best["located"] = best["top"] == sample.token
        best["repaired"] = best_repair(injector, sample, sample.token, choice, pointer)[0] == sample.repair
        best["joint"] = best["token"] == sample.token and best["repair"] == sample.repair
    best["kind"] = int(injector.kind_of_site[sample.rows[best["token"], injector.site]]) if best["token"] else -1
    return best


def best_repair(injector: Injector, sample: Sample, token: int, choice: np.ndarray, pointer: np.ndarray) -> tuple[int, float]:
    rows = sample.rows
    site = int(rows[token, injector.site])
    if site == 0:
        return -1, 0.0
    if site == injector.variable:
        allowed = sample.allowed if token == sample.token else allowed_at(injector, sample.index, rows, token)
        if len(allowed) == 0:
            return -1, 0.0
        symbol = rows[:, injector.symbol]
        mask = np.isin(symbol, allowed)
        weights = np.where(mask, np.exp(pointer[token, : len(rows)] - pointer[token, : len(rows)][mask].max(initial=-1e9)), 0)
        sums = {int(it): float(weights[symbol == it].sum()) for it in allowed if (symbol == it).any()}
        if not sums:
            return -1, 0.0
        best = max(sums, key=lambda it: sums[it])
        return best, sums[best] / sum(sums.values())
    start, end = injector.range_of_site[site]
    others = [it for it in range(start, end) if it != int(rows[token, injector.choice])]
    weights = np.exp(choice[token, others] - choice[token, others].max())
    best = int(weights.argmax())
    return others[best], float(weights[best] / weights.sum())


def evaluate_injected(model, injector: Injector, most: int, seed: int, device: str = "cpu", longest: int = 512) -> dict:
    """Each function clean and with a bug. `all`, and by `language/kind`: numbers as `measure` gives them."""
    random = np.random.default_rng(seed)
    lengths = injector.functions.lengths()
    order = random.permutation(np.flatnonzero(lengths <= longest))
    buggy: list[Sample] = []
    clean: list[Sample] = []
    for index in order:
        sample = draw(injector, int(index), random, True)
        if sample.token == 0:
            continue
        buggy.append(sample)
        clean.append(draw(injector, int(index), random, False))
        if len(buggy) >= most:
            break
    model.eval() if hasattr(model, "eval") else None
    told = answers(model, injector, buggy, device)
    quiet = answers(model, injector, clean, device)
    model.train() if hasattr(model, "train") else None
    return tables(injector, buggy, told, quiet)


def tables(injector: Injector, buggy: list[Sample], told: list[dict], quiet: list[dict]) -> dict:
    languages = injector.functions.languages()
    layout = injector.layout
    parts: dict[str, list[int]] = defaultdict(list)
    for i, sample in enumerate(buggy):
        language, kind = layout.languages[languages[sample.index]], layout.bugKinds[sample.kind]
        for key in ("all", language, kind, f"{language}/{kind}"):
            parts[key].append(i)
    return {key: measure([told[i] for i in rows], [quiet[i] for i in (rows if "/" in key or key in layout.languages else range(len(quiet)))])
            for key, rows in sorted(parts.items(), key=lambda it: (it[0] != "all", it[0]))}


def measure(told: list[dict], quiet: list[dict]) -> dict:
    """`recall` at a rate of false alarms: bugs whose place and repair are right with a score above all but that share of
    the clean functions'."""
    scores = np.array([it["score"] for it in told])
    calm = np.array([it["score"] for it in quiet])
    suspicion = np.array([1 - it["none"] for it in told])
    calm_suspicion = np.array([1 - it["none"] for it in quiet])
    joint = np.array([it["joint"] for it in told])
    found = {
        "n": len(told),
        "located": float(np.mean([it["located"] for it in told])),
        "repaired": float(np.mean([it["repaired"] for it in told])),
        "joint": float(joint.mean()),
        "auc": auc(suspicion, calm_suspicion),
    }
    for rate in FALSE_ALARMS:
        threshold = np.quantile(calm, 1 - rate) if len(calm) else 1.0
        found[f"recall@{rate:.1%}"] = float(np.mean(joint & (scores > threshold)))
    return found


def auc(positive: np.ndarray, negative: np.ndarray) -> float:
    """The share of pairs that are ordered rightly; equal ones count half."""
    values = np.concatenate([positive, negative])
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.arange(1, len(values) + 1)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    sums = np.bincount(inverse, ranks)
    ranks = (sums / counts)[inverse]
    n = len(positive)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(negative)))


def line(it: dict) -> str:
    recalls = " ".join(f"{it[f'recall@{rate:.1%}']:.3f}" for rate in FALSE_ALARMS)
    return (f"n {it['n']:>5}  located {it['located']:.3f}  repaired {it['repaired']:.3f}  joint {it['joint']:.3f}  "
            f"AUC {it['auc']:.3f}  recall at 0.1/0.5/1 % false alarms {recalls}")
