"""The encoder: a small transformer over a function's tokens that answers all its questions in one pass."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

BUCKETS = 32
FARTHEST = 160
NEVER = -1e4  # a logit that no choice has; finite, so that half precision and quantisation can hold it


@dataclass(frozen=True)
class Shape:
    """Everything that decides the size. `hidden` is the width of the feed-forward layers."""

    table_rows: int
    choices: int
    width: int = 160
    layers: int = 5
    heads: int = 5
    hidden: int = 480

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class Layer(nn.Module):
    """Pre-norm attention with a bias that is the same in all layers, and a squared-ReLU feed-forward."""

    def __init__(self, shape: Shape):
        super().__init__()
        width = shape.width
        self.heads = shape.heads
        self.norm_attention = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.norm_hidden = nn.LayerNorm(width)
        self.up = nn.Linear(width, shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, width, bias=False)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(self.norm_attention(x)).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = torch.matmul(q, k.transpose(-1, -2)) * (width // self.heads) ** -0.5 + bias
        mixed = torch.matmul(weights.softmax(-1), v).transpose(1, 2).reshape(batch, length, width)
        x = x + self.out(mixed)
        return x + self.down(F.relu(self.up(self.norm_hidden(x))).square())


class BugFinder(nn.Module):
    """Inputs, all int32: features (B, L, F), symbol (B, L), statement (B, L), previous (B, L): the token before that
    names the same variable, or -1; site (B, L). Padding has features 0.

    Outputs, float32: location (B, L): logits of "the bug is here", the first of them "there is none"; choice (B, L, C):
    logits of what belongs there; pointer (B, L, L): logits of "the variable that stands there belongs here"."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        width = shape.width
        self.table = nn.EmbeddingBag(shape.table_rows, width, mode="sum", padding_idx=0)
        self.norm_table = nn.LayerNorm(width)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(width)
        self.distance = nn.Parameter(torch.zeros(2 * BUCKETS, shape.heads))
        # same variable, same statement, the use before, the use behind
        self.relation = nn.Parameter(torch.zeros(4, shape.heads))
        self.location_hidden = nn.Linear(width, width)
        self.location = nn.Linear(width, 1)
        self.none = nn.Linear(width, 1)
        self.choice = nn.Linear(width, shape.choices)
        self.asks = nn.Linear(width, width)
        self.answers = nn.Linear(width, width)
        nn.init.normal_(self.table.weight, std=0.05)
        with torch.no_grad():
            self.table.weight[0].zero_()
        for layer in self.layers:
            for matrix in (layer.out, layer.down):
                nn.init.zeros_(matrix.weight)
        self.embed_by_gather = False

    def encode(self, features: Tensor, symbol: Tensor, statement: Tensor, previous: Tensor) -> Tensor:
        batch, length, count = features.shape
        if self.embed_by_gather:  # for the export: an EmbeddingBag cannot be quantised
            x = F.embedding(features.long(), self.table.weight).sum(2)
        else:
            x = self.table(features.reshape(-1, count).long()).view(batch, length, -1)
        x = self.norm_table(x)
        bias = self.bias(features, symbol, statement, previous)
        for layer in self.layers:
            x = layer(x, bias)
        return self.norm(x)

    def bias(self, features: Tensor, symbol: Tensor, statement: Tensor, previous: Tensor) -> Tensor:
        """(B, heads, L, L)"""
        length = features.shape[1]
        place = torch.arange(length, device=features.device)
        distance = self.distance[bucket(place[None, :] - place[:, None])].permute(2, 0, 1)
        same = (symbol[:, :, None] == symbol[:, None, :]) & (symbol[:, :, None] > 0)
        together = statement[:, :, None] == statement[:, None, :]
        before = previous[:, :, None] == place[None, None, :]
        pairs = torch.stack([same, together, before, before.transpose(1, 2)], -1).float()
        padding = (features[:, :, 7] == 0).float()[:, None, None, :] * NEVER
        return distance[None] + torch.matmul(pairs, self.relation).permute(0, 3, 1, 2) + padding

    def locate(self, x: Tensor, site: Tensor) -> Tensor:
        at = self.location(F.relu(self.location_hidden(x)))[:, :, 0]
        at = torch.where(site > 0, at, torch.full_like(at, NEVER))
        return torch.cat([self.none(x[:, :1])[:, :, 0], at[:, 1:]], 1)

    def forward(self, features: Tensor, symbol: Tensor, statement: Tensor, previous: Tensor, site: Tensor):
        x = self.encode(features, symbol, statement, previous)
        pointer = torch.matmul(self.asks(x), self.answers(x).transpose(1, 2)) * self.shape.width**-0.5
        return self.locate(x, site), self.choice(x), pointer


def bucket(distance: Tensor) -> Tensor:
    """T5's: exact up to a quarter of the buckets, then ever wider; the two directions apart."""
    exact = BUCKETS // 2
    size = distance.abs()
    far = exact + (torch.log(size.clamp(min=1).float() / exact) / math.log(FARTHEST / exact) * (BUCKETS - exact)).long()
    near = torch.where(size < exact, size, far.clamp(max=BUCKETS - 1))
    return near + (distance > 0).long() * BUCKETS
