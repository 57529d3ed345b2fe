"""Makes tiny/: a real int8 model of a kilobyte, small enough to read, on which the tests try how models are run.

Its numbers stay whole, so that every engine must give exactly what `tiny-task.ts` computes by hand; padding changes
nothing, so that inputs may share a run; and its work grows with the square of the length, so that a test can make a run
as long as it needs. Run from here: `python make-tiny.py` (needs onnx).
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WORDS, WIDTH = 64, 8
FOLDER = Path(__file__).parent / "tiny"


def main() -> None:
    random = np.random.default_rng(3)
    embedding = random.integers(-3, 4, (WORDS, WIDTH), dtype=np.int8)
    embedding[0] = 0  # the padding
    verdict = random.integers(-128, 128, (WIDTH, 2), dtype=np.int8)

    nodes = [
        helper.make_node("DequantizeLinear", ["embedding", "one"], ["words"]),
        helper.make_node("Gather", ["words", "tokens"], ["x"]),
        helper.make_node("Transpose", ["x"], ["across"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["x", "across"], ["alike"]),
        helper.make_node("MatMul", ["alike", "x"], ["mixed"]),
        helper.make_node("Relu", ["mixed"], ["strong"]),
        helper.make_node("ReduceMax", ["strong"], ["strongest"], axes=[1], keepdims=0),
        helper.make_node("QuantizeLinear", ["strongest", "scale", "zero"], ["whole"]),
        helper.make_node("MatMulInteger", ["whole", "verdict"], ["sums"]),
        helper.make_node("Cast", ["sums"], ["scores"], to=TensorProto.FLOAT),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("tokens", TensorProto.INT32, ["batch", "length"])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["batch", 2])],
        [
            numpy_helper.from_array(embedding, "embedding"),
            numpy_helper.from_array(np.float32(1), "one"),
            numpy_helper.from_array(np.float32(64), "scale"),
            numpy_helper.from_array(np.uint8(0), "zero"),
            numpy_helper.from_array(verdict, "verdict"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    data = model.SerializeToString()
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "tiny.onnx").write_bytes(data)
    about = {
        "file": "tiny.onnx",
        "sha256": hashlib.sha256(data).hexdigest(),
        "tensors": {"tokens": ["int32", "batch", "length"], "scores": ["float32", "batch", 2]},
        "weights": {"embedding": embedding.tolist(), "verdict": verdict.tolist(), "scale": 64},
    }
    (FOLDER / "model.json").write_text(json.dumps(about) + "\n")
    print(f"{len(data)} bytes, sha256 {about['sha256']}")


if __name__ == "__main__":
    main()
