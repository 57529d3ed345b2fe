"""Trains the model that tells how likely a finding is to be acted on, and writes it with int8 weights.

    python models/training/actionability/train.py [--data DIR] [--out models/actionability] [--seed N]

Reads what encode.ts wrote. Minutes on one CPU thread. Prints the cross-validated figures by which the number of passes
was chosen; with --rivals also how simpler models fare on the same folds.
"""

import argparse
import hashlib
import json
import os
import pathlib
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
TABLE = 8192
TOKENS = 64
TRAITS = 31
DIMENSIONS = 12
HIDDEN = 48
# Each measure is also told by how many of so many thresholds it passes: what matters is rarely in proportion to a size.
STEPS = 7
FOLDS = 5
PASSES = 16
# Other repositories lose several times what those do that the threshold was set on; at most 2 % is what is wanted.
LOST = 0.005


def main() -> None:
    arguments = parse_arguments()
    torch.set_num_threads(1)
    data = Data(pathlib.Path(arguments.data) / "actionability")
    learned = data.where(lambda it: it["split"] != "held-out" and it["outcome"] in ("still", "acted"))
    print(f"{len(learned)} findings of {len(set(data.repository[learned]))} repositories, "
          f"{int(data.label[learned].sum())} of them acted on")
    passes, unseen = choose_passes(data, learned, arguments.seed, arguments.rivals)
    started = time.time()
    model = train(data, learned, passes, arguments.seed)
    print(f"trained in {time.time() - started:.0f} s, {passes} passes")
    fitted = calibration(*unseen)
    write(model, fitted, data, learned, passes, pathlib.Path(arguments.out), arguments.seed)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=str(HERE.parent / ".data"))
    parser.add_argument("--out", default=str(HERE.parents[1] / "actionability"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rivals", action="store_true", help="see how simpler models fare on the same folds")
    return parser.parse_args()


class Data:
    """All findings that have a row, in the order of encode.ts."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.rows = [json.loads(it) for it in (folder / "rows.jsonl").read_text().splitlines()]
        count = len(self.rows)
        self.tokens = np.fromfile(folder / "tokens.i32", np.int32).reshape(count, TOKENS)
        self.measures = np.fromfile(folder / "measures.f32", np.float32).reshape(count, -1)
        self.label = np.array([it["outcome"] == "acted" for it in self.rows], np.float32)
        self.repository = np.array([it["repository"] for it in self.rows])
        self.rule = np.array([it["rule"] for it in self.rows])
        self.is_opt_in = np.array([it["optIn"] for it in self.rows])

    def where(self, is_wanted) -> np.ndarray:
        return np.array([i for i, it in enumerate(self.rows) if is_wanted(it)], np.int64)


def weights_of(data: Data, rows: np.ndarray) -> np.ndarray:
    """A rule with a thousand findings in one repository says little more than one with thirty."""
    weight = np.zeros(len(rows), np.float32)
    groups: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault((data.repository[row], data.rule[row]), []).append(place)
    for places in groups.values():
        weight[places] = len(places) ** -0.5
    return weight / weight.mean()


def steps_of(measures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Thresholds that part the findings evenly: the measure that each is about, and its value."""
    shares = np.linspace(0, 1, STEPS + 2)[1:-1]
    found = [np.unique(np.quantile(column, shares)) for column in measures.T]
    return (np.concatenate([np.full(len(it), i, np.int64) for i, it in enumerate(found)]),
            np.concatenate(found).astype(np.float32))


class Model(nn.Module):
    def __init__(self, measures: int, steps: tuple[np.ndarray, np.ndarray]) -> None:
        super().__init__()
        self.register_buffer("columns", torch.from_numpy(steps[0]))
        self.register_buffer("edges", torch.from_numpy(steps[1]))
        self.table = nn.Embedding(TABLE, DIMENSIONS, padding_idx=0)
        self.wide = nn.Embedding(TABLE, 1, padding_idx=0)
        nn.init.normal_(self.table.weight, std=0.05)
        nn.init.zeros_(self.wide.weight)
        self.first = nn.Linear(3 * DIMENSIONS + measures + len(steps[0]), HIDDEN)
        self.second = nn.Linear(HIDDEN, 16)
        self.last = nn.Linear(16, 1)
        self.drop = nn.Dropout(0.3)

    def forward(self, tokens: torch.Tensor, measures: torch.Tensor) -> torch.Tensor:
        if self.training:
            # A word that is only ever seen in one repository must not carry the answer.
            hidden = torch.rand(tokens.shape) < 0.5
            hidden[:, 0] = torch.rand(len(tokens)) < 0.05
            tokens = tokens.masked_fill(hidden, 0)
        parts = self.table(tokens)
        traits, words = parts[:, 1 : 1 + TRAITS], parts[:, 1 + TRAITS :]
        there = (tokens != 0).float().unsqueeze(-1)
        many = there[:, 1 + TRAITS :].sum(1).clamp(min=1)
        steps = (measures[:, self.columns] > self.edges).float()
        pooled = torch.cat([parts[:, 0], traits.sum(1) * 0.1, words.sum(1) / many, measures, steps], 1)
        hidden = torch.relu(self.first(self.drop(pooled)))
        hidden = torch.relu(self.second(self.drop(hidden)))
        wide = self.wide(tokens)
        linear = wide[:, : 1 + TRAITS].sum(1) + wide[:, 1 + TRAITS :].sum(1) / many
        return (self.last(hidden) + linear).squeeze(1)


def train(data: Data, rows: np.ndarray, passes: int, seed: int, each=None) -> Model:
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    model = Model(data.measures.shape[1], steps_of(data.measures[rows]))
    embeddings = [*model.table.parameters(), *model.wide.parameters()]
    others = [it for name, it in model.named_parameters() if not name.startswith(("table", "wide"))]
    optimizer = torch.optim.AdamW(
        [{"params": embeddings, "lr": 0.003, "weight_decay": 0.05}, {"params": others, "lr": 0.002, "weight_decay": 0.05}]
    )
    weight = weights_of(data, rows)
    bias = float(np.average(data.label[rows], weights=weight))
    with torch.no_grad():
        model.last.bias.fill_(np.log(bias / (1 - bias)))
    loss_of = nn.BCEWithLogitsLoss(reduction="none")
    for turn in range(passes):
        model.train()
        for group in optimizer.param_groups:
            group.setdefault("start", group["lr"])
            group["lr"] = group["start"] * 0.5 * (1 + np.cos(np.pi * turn / PASSES))
        order = generator.permutation(len(rows))
        for start in range(0, len(rows), 256):
            some = order[start : start + 256]
            at = rows[some]
            logits = model(torch.from_numpy(data.tokens[at]).long(), torch.from_numpy(data.measures[at]))
            loss = (loss_of(logits, torch.from_numpy(data.label[at])) * torch.from_numpy(weight[some])).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if each:
            each(turn + 1, model)
    model.eval()
    return model


def predict(model: Model, data: Data, rows: np.ndarray) -> np.ndarray:
    model.eval()
    with torch.no_grad():
        return model(torch.from_numpy(data.tokens[rows]).long(), torch.from_numpy(data.measures[rows])).numpy()


def folds_of(data: Data, rows: np.ndarray):
    """By repository, so that no code is on both sides; a digest of the name decides."""
    fold = np.array([hashlib.sha256(it.encode()).digest()[0] % FOLDS for it in data.repository[rows]])
    for number in range(FOLDS):
        if (fold == number).any():
            yield rows[fold != number], rows[fold == number]


def choose_passes(data: Data, rows: np.ndarray, seed: int, with_rivals: bool):
    """The number of passes, and what models of so many passes say of repositories that they have not seen."""
    sums: dict[int, list[float]] = {}
    losses: dict[int, list[float]] = {}
    rivals: dict[str, list[float]] = {}
    said: dict[int, list[np.ndarray]] = {}
    happened: list[np.ndarray] = []
    for learned, judged in folds_of(data, rows):

        def each(turn: int, model: Model, judged=judged) -> None:
            scores = predict(model, data, judged)
            said.setdefault(turn, []).append(scores)
            sums.setdefault(turn, []).append(top_half(data, judged, scores))
            losses.setdefault(turn, []).append(log_loss(data.label[judged], scores, weights_of(data, judged)))

        happened.append(data.label[judged])
        train(data, learned, PASSES, seed, each)
        for name, scores in rival_scores(data, learned, judged, with_rivals).items():
            rivals.setdefault(name, []).append(top_half(data, judged, scores))
    for name, values in rivals.items():
        print(f"cross-validated top half, {name}: {np.nanmean(values):.3f}")
    for turn in sums:
        print(f"cross-validated, {turn} passes: top half {np.nanmean(sums[turn]):.3f}, log loss {np.mean(losses[turn]):.4f}")
    best = min(losses, key=lambda turn: np.mean(losses[turn]))
    return best, (np.concatenate(said[best]), np.concatenate(happened))


def rival_scores(data: Data, learned: np.ndarray, judged: np.ndarray, all_of_them: bool) -> dict[str, np.ndarray]:
    severity = {"error": 3, "warning": 2, "info": 1, "hint": 0}
    scores = {
        "random": np.zeros(len(judged)),
        "severity": np.array([severity[data.rows[it]["severity"]] for it in judged], float),
    }
    weight = weights_of(data, learned)
    overall = float(np.average(data.label[learned], weights=weight))
    sums: dict[str, float] = {}
    counts: dict[str, float] = {}
    for place, row in enumerate(learned):
        sums[data.rule[row]] = sums.get(data.rule[row], 0) + data.label[row] * weight[place]
        counts[data.rule[row]] = counts.get(data.rule[row], 0) + weight[place]
    scores["rate of the rule"] = np.array(
        [(sums.get(it, 0) + 5 * overall) / (counts.get(it, 0) + 5) for it in data.rule[judged]]
    )

    if not all_of_them:
        return scores
    from scipy.sparse import csr_matrix, hstack
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression

    def matrix(rows: np.ndarray):
        tokens = data.tokens[rows]
        at, place = np.nonzero(tokens)
        words = csr_matrix((np.ones(len(at)), (at, tokens[at, place])), (len(rows), TABLE))
        return hstack([words, csr_matrix(data.measures[rows])]).tocsr()

    linear = LogisticRegression(C=0.05, max_iter=300).fit(matrix(learned), data.label[learned], weight)
    scores["logistic regression"] = linear.decision_function(matrix(judged))
    known = {rule: i for i, rule in enumerate(sorted(set(data.rule[learned])))}
    rule_rate = {rule: (sums[rule] + 5 * overall) / (counts[rule] + 5) for rule in known}
    dense = lambda rows: np.column_stack([data.measures[rows], [rule_rate.get(it, overall) for it in data.rule[rows]]])
    trees = HistGradientBoostingClassifier(max_iter=120, learning_rate=0.05, max_leaf_nodes=12, min_samples_leaf=40)
    scores["trees on measures"] = trees.fit(dense(learned), data.label[learned], weight).predict_proba(dense(judged))[:, 1]
    return scores


def top_half(data: Data, rows: np.ndarray, scores: np.ndarray) -> float:
    """The share of the findings in the top half of each repository that were acted on; ties count in part."""
    hits = total = 0.0
    for repository in set(data.repository[rows]):
        own = (data.repository[rows] == repository) & ~data.is_opt_in[rows]
        label, score = data.label[rows][own], scores[own]
        half = len(label) // 2
        if half == 0:
            continue
        cut = np.sort(score)[::-1][half - 1]
        above, tied = score > cut, score == cut
        hits += label[above].sum() + label[tied].mean() * (half - above.sum())
        total += half
    return hits / total if total else float("nan")


def log_loss(label: np.ndarray, scores: np.ndarray, weight: np.ndarray) -> float:
    return float(np.average(np.logaddexp(0, scores) - label * scores, weights=weight))


def calibration(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float, float]:
    """Slope and shift of the logit, and the probability below which findings may be held back."""
    score, label = torch.from_numpy(scores), torch.from_numpy(labels)
    fit = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([fit], max_iter=100)

    def closure():
        optimizer.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(fit[0] * score + fit[1], label)
        loss.backward()
        return loss

    optimizer.step(closure)
    slope, shift = fit.detach().tolist()
    probability = 1 / (1 + np.exp(-(slope * score.numpy() + shift)))
    acted = np.sort(probability[label.numpy() == 1])
    gate = float(acted[int(len(acted) * LOST)])
    held = float((probability < gate).mean())
    print(f"calibrated: logit x {slope:.3f} {shift:+.3f}; below {gate:.4f} lie {held:.1%} of all and {LOST:.1%} of those acted on")
    return slope, shift, gate


def write(model, fitted, data, learned, passes, out: pathlib.Path, seed: int) -> None:
    out.mkdir(parents=True, exist_ok=True)
    path = out / "actionability.onnx"
    onnx.save(graph_of(model, fitted[:2], data.measures.shape[1]), path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    card = {
        "name": "actionability",
        "version": 1,
        "file": path.name,
        "sha256": digest,
        "bytes": path.stat().st_size,
        "tensors": {
            "inputs": [
                {"name": "tokens", "type": "int32", "dims": ["batch", TOKENS]},
                {"name": "measures", "type": "float32", "dims": ["batch", data.measures.shape[1]]},
            ],
            "outputs": [{"name": "logit", "type": "float32", "dims": ["batch"]}],
        },
        "thresholds": {"holdBack": round(fitted[2], 4)},
        "training": {
            "findings": len(learned),
            "acted": int(data.label[learned].sum()),
            "repositories": len(set(data.repository[learned])),
            "passes": passes,
            "seed": seed,
        },
    }
    (out / "model.json").write_text(json.dumps(card, indent=2) + "\n")
    print(f"wrote {path}: {card['bytes']} bytes, {digest}")


def graph_of(model: Model, calibrated: tuple[float, float], measures: int) -> onnx.ModelProto:
    """Weights are int8, a scale a row; all that is computed is float32, so a run's other findings change nothing."""
    slope, shift = calibrated
    nodes, constants = [], []

    def constant(name: str, value: np.ndarray) -> str:
        constants.append(numpy_helper.from_array(value, name))
        return name

    def node(kind: str, inputs: list[str], output: str, **attributes) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def quantized(name: str, value: np.ndarray, axis: int) -> tuple[str, str]:
        scale = np.maximum(np.abs(value).max(axis=1 - axis), 1e-8).astype(np.float32) / 127
        broad = scale[:, None] if axis == 0 else scale[None, :]
        return constant(name, np.round(value / broad).astype(np.int8)), constant(f"{name}_scale", scale)

    def linear(name: str, layer: nn.Linear, source: str, factor: float = 1, plus: float = 0) -> str:
        weight, scale = quantized(f"{name}_weight", layer.weight.detach().numpy().T * np.float32(factor), 1)
        whole = node("DequantizeLinear", [weight, scale], f"{name}_dequantized", axis=1)
        bias = constant(f"{name}_bias", (layer.bias.detach().numpy() * factor + plus).astype(np.float32))
        return node("Add", [node("MatMul", [source, whole], f"{name}_product"), bias], f"{name}_sum")

    rows = np.concatenate(
        [model.table.weight.detach().numpy(), model.wide.weight.detach().numpy() * np.float32(slope)], 1
    )
    # The rows of the two tables lie side by side, but their sizes differ: each has a scale of its own.
    table = constant("table", quantize_rows(rows[:, :DIMENSIONS])[0])
    table_scale = constant("table_scale", quantize_rows(rows[:, :DIMENSIONS])[1])
    wide_values, wide_scale = quantize_all(rows[:, DIMENSIONS:])
    wide = constant("wide", wide_values)
    constant("wide_scale", wide_scale)
    picked = node("Cast", [node("Gather", [table, "tokens"], "picked")], "picked_float", to=TensorProto.FLOAT)
    sizes = node("Gather", [table_scale, "tokens"], "sizes")
    parts = node("Mul", [picked, sizes], "parts")
    wides = node(
        "Mul",
        [node("Cast", [node("Gather", [wide, "tokens"], "wide_picked")], "wide_float", to=TensorProto.FLOAT), "wide_scale"],
        "wides",
    )

    def part(source: str, name: str, start: int, end: int) -> str:
        bounds = [constant(f"{name}_{it}", np.array([at], np.int64)) for it, at in (("from", start), ("to", end))]
        return node("Slice", [source, *bounds, "one"], name)

    constant("one", np.array([1], np.int64))
    zero = constant("zero", np.array(0, np.int32))
    there = node("Cast", [node("Not", [node("Equal", ["tokens", zero], "nothing")], "something")], "there", to=TensorProto.FLOAT)
    total = node("ReduceSum", [part(there, "there_words", 1 + TRAITS, TOKENS), "one"], "count", keepdims=1)
    many = node("Max", [total, constant("least", np.array(1, np.float32))], "many")
    rule = node("ReduceSum", [part(parts, "rule_part", 0, 1), "one"], "rule", keepdims=0)
    traits = node("ReduceSum", [part(parts, "trait_parts", 1, 1 + TRAITS), "one"], "trait_sum", keepdims=0)
    traits = node("Mul", [traits, constant("tenth", np.array(0.1, np.float32))], "traits")
    words = node("ReduceSum", [part(parts, "word_parts", 1 + TRAITS, TOKENS), "one"], "word_sum", keepdims=0)
    words = node("Div", [words, many], "words")
    columns = constant("step_columns", model.columns.numpy())
    edges = constant("step_edges", model.edges.numpy())
    passed = node("Greater", [node("Gather", ["measures", columns], "compared", axis=1), edges], "passed")
    steps = node("Cast", [passed], "steps", to=TensorProto.FLOAT)
    pooled = node("Concat", [rule, traits, words, "measures", steps], "pooled", axis=1)
    hidden = node("Relu", [linear("first", model.first, pooled)], "hidden")
    hidden = node("Relu", [linear("second", model.second, hidden)], "deeper")
    deep = linear("last", model.last, hidden, slope, shift)
    straight = node("ReduceSum", [part(wides, "wide_traits", 0, 1 + TRAITS), "one"], "wide_trait_sum", keepdims=0)
    by_words = node("ReduceSum", [part(wides, "wide_words", 1 + TRAITS, TOKENS), "one"], "wide_word_sum", keepdims=0)
    by_words = node("Div", [by_words, many], "wide_words_mean")
    both = node("Add", [deep, node("Add", [straight, by_words], "linear")], "logits")
    node("Squeeze", [both, "one"], "logit")
    graph = helper.make_graph(
        nodes,
        "actionability",
        [
            helper.make_tensor_value_info("tokens", TensorProto.INT32, ["batch", TOKENS]),
            helper.make_tensor_value_info("measures", TensorProto.FLOAT, ["batch", measures]),
        ],
        [helper.make_tensor_value_info("logit", TensorProto.FLOAT, ["batch"])],
        constants,
    )
    whole = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="codeant")
    whole.ir_version = 9
    onnx.checker.check_model(whole, full_check=True)
    return whole


def quantize_rows(value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scale = np.maximum(np.abs(value).max(axis=1, keepdims=True), 1e-8).astype(np.float32) / 127
    return np.round(value / scale).astype(np.int8), scale


def quantize_all(value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scale = np.float32(max(float(np.abs(value).max()), 1e-8) / 127)
    return np.round(value / scale).astype(np.int8), np.array(scale, np.float32)


if __name__ == "__main__":
    main()
