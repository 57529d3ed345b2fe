"""Writes `model.json` beside the weights: tensors, digest, how it was trained, what was measured. Gates are kept until
`untouched.ts` sets them.

    python -m bug_finder.describe --name main
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from .data import Layout, read_functions
from .evaluate import evaluate_injected, line
from .export import OnnxModel, load
from .inject import Injector


def main() -> None:
    it = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = Path(__file__).parent.parent
    it.add_argument("--data", default=str(here / ".data"))
    it.add_argument("--name", default="main")
    it.add_argument("--from", dest="source", default="real.pt")
    it.add_argument("--on", help="what it was trained on, in words; else what stands in model.json stays")
    it.add_argument("--out", default=str(here.parent / "bug-finder"))
    it.add_argument("--functions", type=int, default=4000, help="held-out functions to measure on")
    it.add_argument("--no-float", action="store_true", help="do not measure what quantisation costs")
    arguments = it.parse_args()
    data, out = Path(arguments.data), Path(arguments.out)
    weights = out / "bug-finder.onnx"
    layout = Layout.read(data)
    injector = Injector(read_functions(data, "held-out"))
    measured = evaluate_injected(OnnxModel(weights), injector, arguments.functions, 11)
    for key, value in measured.items():
        print(f"{key:24} {line(value)}")
    known = json.loads((out / "model.json").read_text()) if (out / "model.json").exists() else {}
    numbers = {"injected": rounded(measured), "repositories": len(injector.functions.repositories)}
    run = data / "bug-finder" / arguments.name / arguments.source
    if run.exists():
        numbers["training"] = training(run, arguments.on or known.get("numbers", {}).get("training", {}).get("on"))
    if not arguments.no_float:
        full = evaluate_injected(load(run), injector, arguments.functions, 11)
        print(f"{'full precision':24} {line(full['all'])}")
        numbers["injectedFullPrecision"] = rounded({"all": full["all"]})
    description = {
        "file": weights.name,
        "sha256": hashlib.sha256(weights.read_bytes()).hexdigest(),
        "licence": "MIT",
        "inputs": {"features": ["int32", "batch", "length", layout.features],
                   **{name: ["int32", "batch", "length"] for name in ("symbol", "statement", "previous", "site")}},
        "outputs": {"location": ["float32", "batch", "length"], "choice": ["float32", "batch", "length", len(layout.choices)],
                    "pointer": ["float32", "batch", "length", "length"]},
        "numbers": {**known.get("numbers", {}), **numbers},
        "gates": known.get("gates", {}),
    }
    (out / "model.json").write_text(json.dumps(description, indent=2) + "\n")


def training(run: Path, on: str | None) -> dict:
    """What the card says of the run. The fixes are left out when the run did not write down how many it learned from."""
    saved = torch.load(run, map_location="cpu", weights_only=False)
    said = {"samples": int(saved["state"]["samples"]), "fixes": saved.get("fixes"),
            "minutes": round(saved["state"]["seconds"] / 60), "on": on}
    return {name: it for name, it in said.items() if it is not None}


def rounded(measured: dict) -> dict:
    return {key: {name: round(float(it), 4) if not isinstance(it, int) else it for name, it in value.items()}
            for key, value in measured.items()}


if __name__ == "__main__":
    main()
