"""Trains the model of secrets on the CPU in minutes and writes it as ONNX, in float and in int8.

    python models/training/secrets/train.py [--epochs 4] [--seed 1] [--data DIR]

Reads what examples.ts made. A run that was broken off goes on after the last whole epoch when it is started again.
"""

import argparse
import json
import math
import time
from pathlib import Path

import numpy
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

DATA = Path(__file__).parent.parent / ".data" / "secrets"
MODEL = Path(__file__).parent.parent.parent / "secrets"

# Where the fields lie in the row of characters; is-secret.ts puts them there.
NAME, VALUE, BEFORE, AFTER = (0, 24), (24, 88), (88, 128), (128, 152)


class Dense(nn.Module):
    """A plain product of matrices, whatever the rank: what dynamic quantization knows."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(inputs, outputs))
        self.bias = nn.Parameter(torch.zeros(outputs))
        nn.init.kaiming_uniform_(self.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, it):
        return torch.matmul(it, self.weight) + self.bias


class Window(nn.Module):
    """A convolution over characters, written as a product of matrices so that it runs in int8."""

    def __init__(self, inputs, outputs, width):
        super().__init__()
        self.width = width
        self.dense = Dense(inputs * width, outputs)

    def forward(self, it):
        side = self.width // 2
        padded = nn.functional.pad(it, (0, 0, side, side))
        length = it.shape[1]
        return torch.relu(self.dense(torch.cat([padded[:, i : i + length] for i in range(self.width)], 2)))


class Reader(nn.Module):
    """What a field says: the strongest and the mean answer of each of its detectors."""

    def __init__(self, inputs, channels):
        super().__init__()
        self.first = Window(inputs, channels, 5)
        self.second = Window(channels, channels, 3)

    def forward(self, embedded, present):
        it = self.second(self.first(embedded)) * present
        return torch.cat([it.amax(1), it.sum(1) / (present.sum(1) + 1.0)], 1)


class Secrets(nn.Module):
    def __init__(self, alphabet, measures):
        super().__init__()
        self.embedding = nn.Embedding(alphabet, 16, padding_idx=0)
        self.value = Reader(16, 48)
        self.name = Reader(16, 24)
        self.before = Reader(16, 24)
        self.after = Reader(16, 16)
        self.join = Dense(2 * (48 + 24 + 24 + 16) + measures, 64)
        self.answer = Dense(64, 1)
        self.dropout = nn.Dropout(0.1)
        # Set after training, on validation material, so that the answer is a probability.
        self.register_buffer("scale", torch.ones(1))
        self.register_buffer("offset", torch.zeros(1))

    def forward(self, characters, measures):
        characters = characters.long()
        embedded = self.embedding(characters)
        present = (characters > 0).float().unsqueeze(2)
        read = [
            reader(embedded[:, a:b], present[:, a:b])
            for reader, (a, b) in (
                (self.value, VALUE),
                (self.name, NAME),
                (self.before, BEFORE),
                (self.after, AFTER),
            )
        ]
        joined = self.dropout(torch.cat([*read, measures.float() / 1000.0], 1))
        return self.answer(torch.relu(self.join(joined))) * self.scale + self.offset


def load(split, shape):
    characters, measures = shape["characters"], shape["measures"]
    rows = numpy.fromfile(DATA / f"{split}.bin", numpy.uint8).reshape(-1, characters + 2 * measures + 2)
    return (
        torch.from_numpy(rows[:, :characters].copy()),
        torch.from_numpy(rows[:, characters:-2].copy().view("<u2").astype("int32")),
        torch.from_numpy(rows[:, -2].astype("float32")),
        torch.from_numpy(rows[:, -1].copy()),
    )


def weights_of(labels, origins):
    """Texts of real code are few against those that are made up, and count for more."""
    weights = torch.ones_like(labels)
    weights[origins == 0] = 3.0
    weights[(origins == 0) & (labels == 1)] = 10.0
    return weights


def forget(characters, generator):
    """Every now and then a field is not there, so that the answer hangs on no single one."""
    characters = characters.clone()
    for a, b in (NAME, BEFORE, AFTER):
        gone = torch.rand(len(characters), generator=generator) < 0.08
        characters[gone, a:b] = 0
    return characters


def train(arguments, shape):
    torch.manual_seed(arguments.seed)
    generator = torch.Generator().manual_seed(arguments.seed)
    model = Secrets(shape["alphabet"], shape["measures"])
    print(f"{sum(it.numel() for it in model.parameters()):,} parameters")
    characters, measures, labels, origins = load("training", shape)
    weights = weights_of(labels, origins)
    steps = math.ceil(len(labels) / arguments.batch)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 3e-3, total_steps=steps * arguments.epochs, pct_start=0.1
    )
    checkpoint = DATA / "checkpoint.pt"
    begun = 0
    settings = [arguments.seed, arguments.epochs, arguments.batch, len(labels)]
    if checkpoint.exists():
        state = torch.load(checkpoint)
        if state["settings"] == settings:
            begun = state["epoch"]
            model.load_state_dict(state["model"])
            optimizer.load_state_dict(state["optimizer"])
            schedule.load_state_dict(state["schedule"])
            generator.set_state(state["generator"])
            print(f"goes on after epoch {begun}")
    for epoch in range(begun, arguments.epochs):
        model.train()
        start, total = time.time(), 0.0
        for rows in torch.randperm(len(labels), generator=generator).split(arguments.batch):
            logits = model(forget(characters[rows], generator), measures[rows])[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(logits, labels[rows], weights[rows])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item() * len(rows)
        print(
            f"epoch {epoch + 1}: loss {total / len(labels):.4f}, {judge(model, shape)}, {time.time() - start:.0f} s",
            flush=True,
        )
        torch.save(
            {
                "settings": settings,
                "epoch": epoch + 1,
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "generator": generator.get_state(),
            },
            checkpoint,
        )
    return model


@torch.no_grad()
def answers(model, characters, measures):
    model.eval()
    return torch.cat([model(a, b)[:, 0] for a, b in zip(characters.split(1024), measures.split(1024))])


def judge(model, shape):
    """False alarms in real code at the logit that finds 95 of 100 credentials that validation made up."""
    characters, measures, labels, origins = load("validation", shape)
    logits = answers(model, characters, measures)
    limit = logits[labels == 1].quantile(0.05)
    real = logits[(labels == 0) & (origins == 0)]
    traps = logits[(labels == 0) & (origins == 2)]
    return f"at 95 % recall {(real >= limit).float().mean():.4f} of real others, {(traps >= limit).float().mean():.4f} of traps"


def calibrate(model, shape):
    """One scale and one offset (Platt), for material in which every second text is a credential."""
    characters, measures, labels, _ = load("validation", shape)
    logits = answers(model, characters, measures)
    scale, offset = torch.ones(1, requires_grad=True), torch.zeros(1, requires_grad=True)
    weights = torch.where(labels == 1, (1 - labels).sum() / labels.sum(), torch.ones(1))
    optimizer = torch.optim.LBFGS([scale, offset], max_iter=100)

    def loss():
        optimizer.zero_grad()
        it = nn.functional.binary_cross_entropy_with_logits(logits * scale + offset, labels, weights)
        it.backward()
        return it

    optimizer.step(loss)
    model.scale.copy_(scale.detach())
    model.offset.copy_(offset.detach())
    print(f"scale {scale.item():.3f}, offset {offset.item():.3f}")


def export(model, shape):
    """One input a run: the scale of quantized activations would otherwise depend on who else asked."""
    model.eval()
    example = (
        torch.zeros(1, shape["characters"], dtype=torch.int32),
        torch.zeros(1, shape["measures"], dtype=torch.int32),
    )
    names = {"input_names": ["characters", "measures"], "output_names": ["logit"]}
    exact, prepared = DATA / "float.onnx", DATA / "prepared.onnx"
    MODEL.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(model, example, str(exact), dynamo=False, opset_version=17, **names)
    quant_pre_process(str(exact), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(str(prepared), str(MODEL / "secrets.onnx"), per_channel=True, weight_type=QuantType.QInt8)
    onnx.checker.check_model(str(MODEL / "secrets.onnx"))
    for it in (exact, MODEL / "secrets.onnx"):
        print(f"{it.name}: {it.stat().st_size:,} bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=DATA.parent)
    arguments = parser.parse_args()
    DATA = arguments.data / "secrets"
    torch.set_num_threads(1)
    shape = json.loads((DATA / "shape.json").read_text())
    model = train(arguments, shape)
    calibrate(model, shape)
    export(model, shape)
