"""The last phase: real fixes, few and weighty, among functions that are as they should be.

    python -m bug_finder.real --name main
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Iterator

import numpy as np
import torch

from .batches import Batch, Sample, collate, draw
from .data import read_functions
from .evaluate import answers, auc, evaluate_injected
from .fixes import Fixes, read_fixes
from .inject import Injector
from .model import BugFinder, Shape
from .optimizer import optimizers
from .train import PROFILES, loss_of, say

# Of each batch: real bugs, their repairs, injected bugs; the rest are functions as they stand.
SHARES = {"broken": 0.15, "repaired": 0.15, "injected": 0.25}

# What this phase may cost: the share of injected bugs that are placed and repaired.
COST = 0.01


def main() -> None:
    it = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    it.add_argument("--data", default=str(Path(__file__).parent.parent / ".data"))
    it.add_argument("--name", default="main")
    it.add_argument("--profile", choices=PROFILES, default="cpu")
    it.add_argument("--seed", type=int, default=1)
    it.add_argument("--passes", type=float, default=5, help="over the real fixes")
    it.add_argument("--rate", type=float, default=0.15, help="of the profile's rate")
    it.add_argument("--threads", type=int, default=0)
    arguments = it.parse_args()
    profile, data = PROFILES[arguments.profile], Path(arguments.data)
    out = data / "bug-finder" / arguments.name
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    saved = torch.load(out / "injected.pt", map_location=profile.device, weights_only=False)
    model = BugFinder(Shape(**saved["shape"])).to(profile.device)
    model.load_state_dict(saved["model"])
    fixes, held = read_fixes(data, "training", 256), read_fixes(data, "validation", 512)
    injector = Injector(read_functions(data, "training"))
    samples = int(len(fixes) * arguments.passes / SHARES["broken"])
    say(f"{len(fixes):,} real fixes, {len(held):,} to watch; {samples:,} samples")
    steppers = optimizers(model, profile.rate * arguments.rate)
    before = {name: it.clone() for name, it in model.state_dict().items()}
    done, step = 0, 0
    say(f"before: {line(watch(model, held, profile.device))}")
    for batch in batches(fixes, injector, profile.tokens, arguments.seed):
        scale = min(1.0, (step + 1) / 50) * max(0.0, 1 - done / samples)
        for stepper in steppers:
            for group in stepper.param_groups:
                group["lr"] = group["base"] * scale
        loss_of(model, batch, profile.device)[0].backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for stepper in steppers:
            stepper.step()
            stepper.zero_grad(set_to_none=True)
        done += len(batch.samples)
        step += 1
        if step % 100 == 0 or done >= samples:
            say(f"{done:>9,} samples: {line(watch(model, held, profile.device))}")
        if done >= samples:
            break
    keep, mix = between(model, before, Injector(read_functions(data, "validation")), held, profile.device)
    torch.save({"shape": saved["shape"], "model": keep, "state": saved["state"], "fixes": len(fixes), "mix": mix}, out / "real.pt")


def between(model: BugFinder, before: dict, validation: Injector, held: Fixes, device: str) -> tuple[dict, float]:
    """Weights on the way from `before` to the model's own, as far along as costs injected bugs at most COST.

    The few real fixes to watch are too few to choose by; thousands of injected ones tell when the phase forgets."""
    after = {name: it.clone() for name, it in model.state_dict().items()}
    kept, limit = (before, 0.0), 0.0
    for mix in (0.0, 0.25, 0.5, 0.75, 1.0):
        mixed = {name: before[name].lerp(it, mix) if it.is_floating_point() else it for name, it in after.items()}
        model.load_state_dict(mixed)
        injected = evaluate_injected(model, validation, most=1500, seed=7, device=device)["all"]
        say(f"mix {mix:.2f}: injected joint {injected['joint']:.3f} AUC {injected['auc']:.3f}; {line(watch(model, held, device))}")
        if mix == 0.0:
            limit = injected["joint"] - COST
        if injected["joint"] >= limit:
            kept = (mixed, mix)
    say(f"kept: mix {kept[1]:.2f}")
    return kept


def batches(fixes: Fixes, injector: Injector, tokens: int, seed: int) -> Iterator[Batch]:
    """Batches of functions of like length, of every sort its share."""
    random = np.random.default_rng([seed, 99])
    lengths = injector.functions.lengths()
    short = np.flatnonzero(lengths <= 200)
    mixes = [(fixes.injector, lambda: fixes.broken(int(random.integers(len(fixes))), random)),
             (fixes.injector, lambda: fixes.repaired(int(random.integers(len(fixes))), random)),
             (injector, lambda: draw(injector, int(random.choice(short)), random, True)),
             (injector, lambda: draw(injector, int(random.choice(short)), random, False))]
    shares = [*SHARES.values(), 1 - sum(SHARES.values())]
    while True:
        pool: list[Sample] = [mixes[i][1]() for i in random.choice(len(mixes), size=1024, p=shares)]
        pool.sort(key=lambda it: len(it.rows) + random.random())
        groups: list[list[Sample]] = [[]]
        for it in pool:
            if groups[-1] and (len(groups[-1]) + 1) * len(it.rows) > tokens:
                groups.append([])
            groups[-1].append(it)
        for at in random.permutation(len(groups)):
            yield collate(injector, groups[at])


def watch(model: BugFinder, fixes: Fixes, device: str) -> dict:
    if len(fixes) == 0:
        return {"n": 0, "joint": 0.0, "auc": 0.5, "pairs": 0.5, "score": 0.0}
    model.eval()
    told = answers(model, fixes.injector, [fixes.broken(i, None) for i in range(len(fixes))], device)
    quiet = answers(model, fixes.injector, [fixes.repaired(i, None) for i in range(len(fixes))], device)
    model.train()
    loud = np.array([1 - it["none"] for it in told])
    calm = np.array([1 - it["none"] for it in quiet])
    joint = float(np.mean([it["joint"] for it in told]))
    found = {"n": len(told), "located": float(np.mean([it["located"] for it in told])), "joint": joint,
             "repaired": float(np.mean([it["repaired"] for it in told])), "auc": auc(loud, calm),
             "pairs": float(np.mean((loud > calm) + 0.5 * (loud == calm)))}
    return {**found, "score": joint + found["pairs"]}


def line(it: dict) -> str:
    return "  ".join(f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}" for key, value in it.items())


if __name__ == "__main__":
    main()
