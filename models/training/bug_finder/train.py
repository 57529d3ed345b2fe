"""Trains the bug finder on injected bugs, then on real fixes.

    python -m bug_finder.train --profile cpu          # resumes where it was stopped
    python -m bug_finder.train --profile cpu --finish # ends early: only the last, falling part of the rate is left
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, distributed
from torch.nn import functional as F

from .batches import Batch, Prefetched, epochs
from .data import read_functions
from .evaluate import evaluate_injected, line
from .inject import Injector
from .model import NEVER, BugFinder, Shape
from .optimizer import optimizers


@dataclass(frozen=True)
class Profile:
    """`samples` to train on in all, of which the rate falls to nothing over the last `falling`; `tokens` a batch. Functions
    of at most `longest` tokens, twice that while the rate falls: real bugs lie in long ones."""

    samples: int
    falling: float
    tokens: int
    rate: float
    longest: int
    width: int
    layers: int
    heads: int
    hidden: int
    workers: int
    device: str


PROFILES = {
    "cpu": Profile(2_400_000, 0.25, 5_000, 1e-3, 128, 160, 5, 5, 480, 0, "cpu"),
    # Enough to see that every step works, not to be any good.
    "rehearsal": Profile(40_000, 0.25, 5_000, 1e-3, 128, 160, 5, 5, 480, 0, "cpu"),
    "gpu": Profile(40_000_000, 0.25, 65_536, 2e-3, 512, 256, 6, 8, 768, 12, "cuda"),
}


def main() -> None:
    arguments = parse()
    profile = PROFILES[arguments.profile]
    data = Path(arguments.data)
    out = data / "bug-finder" / arguments.name
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(arguments.seed)
    injector = Injector(read_functions(data, "training"))
    held = read_functions(data, "validation")
    rank = 0
    if arguments.processes > 1:  # forked, so that all of them read the same memory
        port = free_port()
        rank = next((it for it in range(1, arguments.processes) if os.fork() == 0), 0)
        distributed.init_process_group("gloo", f"tcp://127.0.0.1:{port}", rank=rank, world_size=arguments.processes)
    if arguments.threads or arguments.processes > 1:
        torch.set_num_threads(arguments.threads or 1)
    functions = injector.functions
    layout = functions.layout
    shape = Shape(layout.tableRows, len(layout.choices), profile.width, profile.layers, profile.heads, profile.hidden)
    model = BugFinder(shape).to(profile.device)
    steppers = optimizers(model, profile.rate)
    state = {"samples": 0, "seconds": 0.0, "step": 0, "curve": [], "falls_from": None}
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location=profile.device, weights_only=False)
        model.load_state_dict(saved["model"])
        for stepper, it in zip(steppers, saved["steppers"]):
            bases = [group["base"] for group in stepper.param_groups]
            stepper.load_state_dict(it)
            for group, base in zip(stepper.param_groups, bases):
                group["base"] = base
        state = saved["state"]
    samples = arguments.samples or profile.samples
    falls_from = samples * (1 - profile.falling)
    if arguments.finish and state["falls_from"] is None:
        state["falls_from"] = state["samples"]
    if state["falls_from"] is not None:
        falls_from = state["falls_from"]
        samples = int(falls_from / (1 - profile.falling)) if not arguments.finish_samples else falls_from + arguments.finish_samples
    parameters = sum(it.numel() for it in model.parameters())
    if rank == 0:
        say(f"{len(functions):,} functions of {len(functions.repositories)} repositories; "
            f"{parameters:,} parameters; {state['samples']:,} of {int(samples):,} samples done")

    longest = min(512, 2 * profile.longest) if state["samples"] >= falls_from else profile.longest
    part = (rank, arguments.processes)

    def make(worker: int, of: int):
        return epochs(injector, arguments.seed, profile.tokens, longest, state["samples"], part, (worker, of))

    began, last_save, losses = time.time() - state["seconds"], time.time(), []
    seen, started = 0, time.time()
    for done, total, batch in Prefetched(make, profile.workers):
        if done >= samples:
            break
        progress = max(0.0, (done - falls_from) / max(1, samples - falls_from))
        scale = min(1.0, (state["step"] + 1) / 200) * (1 - progress)
        for stepper in steppers:
            for group in stepper.param_groups:
                group["lr"] = group["base"] * scale
        loss = loss_of(model, batch, profile.device)
        loss[0].backward()
        stop = share(model, arguments.processes, rank == 0 and (out / "stop").exists())
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for stepper in steppers:
            stepper.step()
            stepper.zero_grad(set_to_none=True)
        losses.append([float(it) for it in loss[1:]])
        seen += total
        state["samples"] = done + total
        state["step"] += 1
        if stop:
            break
        if rank > 0:
            continue
        if state["step"] % 100 == 0:
            state["seconds"] = time.time() - began
            mean = np.nanmean(np.array(losses), axis=0)
            say(f"{state['samples']:>10,} samples {state['seconds']:>7.0f} s {seen / (time.time() - started):.0f}/s "
                f"rate x{scale:.2f}  where {mean[0]:.3f}  what {mean[1]:.3f}  blanks {mean[2]:.3f}")
            losses = []
        if time.time() - last_save > arguments.save_every or (state["step"] % arguments.evaluate_every == 0):
            if state["step"] % arguments.evaluate_every == 0:
                found = evaluate_injected(model, Injector(held), most=1500, seed=7, device=profile.device)
                state["curve"].append({"samples": state["samples"], "seconds": time.time() - began, **found["all"]})
                say(f"           validation: {line(found['all'])}")
            save(checkpoint, model, steppers, state)
            last_save = time.time()
    if rank > 0:
        return
    state["seconds"] = time.time() - began
    save(checkpoint, model, steppers, state)
    if state["samples"] >= samples:
        torch.save({"shape": shape.as_dict(), "model": model.state_dict(), "state": state}, out / "injected.pt")
        say("injected bugs: done")


def share(model: BugFinder, processes: int, stop: bool) -> bool:
    """Averages the gradients of all processes, so that they step as one. Whether any of them wants to stop."""
    if processes == 1:
        return stop
    gradients = [it.grad if it.grad is not None else torch.zeros_like(it) for it in model.parameters()]
    every = torch.cat([*(it.reshape(-1) for it in gradients), torch.tensor([float(stop)])])
    distributed.all_reduce(every)
    every /= processes
    first = 0
    for parameter in model.parameters():
        parameter.grad = every[first : first + parameter.numel()].view_as(parameter)
        first += parameter.numel()
    return bool(every[-1] > 0)


def loss_of(model: BugFinder, batch: Batch, device: str) -> tuple[Tensor, ...]:
    """Where the bug is (or that there is none), and what belongs there."""
    features, symbol, statement, previous, site = (it.to(device, non_blocking=True) for it in batch.inputs)
    token = batch.token.to(device)
    x = model.encode(features, symbol, statement, previous)
    where = F.cross_entropy(model.locate(x, site), token)
    at = x[torch.arange(len(token), device=device), token]
    terms, count = [], int((batch.token > 0).sum())
    chosen = batch.choice >= 0
    if chosen.any():
        chosen = chosen.to(device)
        logits = model.choice(at[chosen]).masked_fill(~batch.choices.to(device)[chosen], NEVER)
        terms.append(F.cross_entropy(logits, batch.choice.to(device)[chosen], reduction="sum"))
    pointing = batch.pointed.any(1)
    if pointing.any():
        pointing = pointing.to(device)
        asks = model.asks(at[pointing])[:, None]
        scores = torch.matmul(asks, model.answers(x[pointing]).transpose(1, 2))[:, 0] * model.shape.width**-0.5
        may, right = batch.may_point.to(device)[pointing], batch.pointed.to(device)[pointing]
        all_of_them = scores.masked_fill(~may, NEVER).logsumexp(1)
        terms.append((all_of_them - scores.masked_fill(~right, NEVER).logsumexp(1)).sum())
    what = sum(terms) / max(1, count) if terms else where * 0
    blanks = fill_in(model, x, batch, device)
    return where + 0.5 * what + 0.5 * blanks, where.detach(), what.detach() if terms else torch.tensor(float("nan")), blanks.detach()


def fill_in(model: BugFinder, x: Tensor, batch: Batch, device: str) -> Tensor:
    """What belongs into the places that were taken out, on average over those."""
    it = batch.blanks
    terms, count = [x.sum() * 0], len(it.choice) + len(it.pointed)
    if len(it.choice):
        row, token = (at.to(device) for at in it.choose)
        logits = model.choice(x[row, token]).masked_fill(~it.choices.to(device), NEVER)
        terms.append(F.cross_entropy(logits, it.choice.to(device), reduction="sum"))
    if len(it.pointed):
        row, token = (at.to(device) for at in it.point)
        scores = torch.matmul(model.asks(x[row, token])[:, None], model.answers(x)[row].transpose(1, 2))[:, 0] * model.shape.width**-0.5
        may, right = it.may_point.to(device), it.pointed.to(device)
        terms.append((scores.masked_fill(~may, NEVER).logsumexp(1) - scores.masked_fill(~right, NEVER).logsumexp(1)).sum())
    return sum(terms) / max(1, count)


def free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def save(path: Path, model: BugFinder, steppers: list, state: dict) -> None:
    """Written beside and moved, so that a run that is killed meanwhile loses nothing."""
    part = path.with_suffix(".part")
    torch.save({"model": model.state_dict(), "steppers": [it.state_dict() for it in steppers], "state": state}, part)
    part.rename(path)
    (path.parent / "curve.json").write_text(json.dumps(state["curve"], indent=1))


def say(text: str) -> None:
    print(text, flush=True)


def parse() -> argparse.Namespace:
    it = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    it.add_argument("--profile", choices=PROFILES, default="cpu")
    it.add_argument("--data", default=str(Path(__file__).parent.parent / ".data"))
    it.add_argument("--name", default="main", help="of the run: several can stand beside each other")
    it.add_argument("--seed", type=int, default=1)
    it.add_argument("--samples", type=int, default=0, help="instead of the profile's")
    it.add_argument("--threads", type=int, default=0)
    it.add_argument("--processes", type=int, default=1, help="that train as one, on a thread each: a third faster than threads")
    it.add_argument("--finish", action="store_true", help="let the rate fall from here on")
    it.add_argument("--finish-samples", type=int, default=0, help="over so many samples")
    it.add_argument("--save-every", type=int, default=120, help="seconds")
    it.add_argument("--evaluate-every", type=int, default=1000, help="steps")
    return it.parse_args()


if __name__ == "__main__":
    main()
