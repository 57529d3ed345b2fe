"""Writes the trained encoder as ONNX, with weights of 8 bits: `models/bug-finder/bug-finder.onnx`.

    python -m bug_finder.export --name main --from real.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from .model import BugFinder, Shape

INPUTS = ["features", "symbol", "statement", "previous", "site"]
OUTPUTS = ["location", "choice", "pointer"]


def load(path: Path) -> BugFinder:
    saved = torch.load(path, map_location="cpu", weights_only=False)
    model = BugFinder(Shape(**saved["shape"]))
    model.load_state_dict(saved["model"])
    return model.eval()


def export(model: BugFinder, features: int, path: Path) -> None:
    """Full precision. All inputs are int32, because JavaScript has no other whole numbers that are cheap."""
    from onnxruntime.quantization.shape_inference import quant_pre_process

    model.embed_by_gather = True
    length = 12
    example = (torch.ones(1, length, features, dtype=torch.int32), *(torch.ones(1, length, dtype=torch.int32) for _ in range(4)))
    axes = {name: {0: "batch", 1: "length"} for name in [*INPUTS, *OUTPUTS]}
    axes["pointer"][2] = "length"
    raw = path.with_suffix(".raw.onnx")
    torch.onnx.export(model, example, str(raw), input_names=INPUTS, output_names=OUTPUTS, dynamic_axes=axes,
                      opset_version=17, dynamo=False)
    quant_pre_process(str(raw), str(path), skip_symbolic_shape=True)
    raw.unlink()


def quantize(path: Path, target: Path) -> None:
    """Weights as signed 8-bit numbers with a scale a column, and the table of vectors too."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(str(path), str(target), weight_type=QuantType.QInt8, per_channel=True,
                     op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True})


class OnnxModel:
    """The same face as `BugFinder`, so that the same evaluation asks what is shipped."""

    def __init__(self, path: Path):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def __call__(self, *inputs: torch.Tensor):
        named = {name: it.numpy() for name, it in zip(INPUTS, inputs)}
        return [torch.from_numpy(it) for it in self.session.run(OUTPUTS, named)]


def main() -> None:
    it = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = Path(__file__).parent.parent
    it.add_argument("--data", default=str(here / ".data"))
    it.add_argument("--name", default="main")
    it.add_argument("--from", dest="source", default="real.pt")
    it.add_argument("--out", default=str(here.parent / "bug-finder"))
    arguments = it.parse_args()
    from .data import Layout

    folder = Path(arguments.data) / "bug-finder" / arguments.name
    layout = Layout.read(Path(arguments.data))
    full = folder / "full.onnx"
    export(load(folder / arguments.source), layout.features, full)
    target = Path(arguments.out) / "bug-finder.onnx"
    target.parent.mkdir(parents=True, exist_ok=True)
    quantize(full, target)
    print(f"{target}: {target.stat().st_size:,} bytes (full precision: {full.stat().st_size:,})")


if __name__ == "__main__":
    main()
