"""Muon for the matrices of the layers, AdamW for everything else: about half the samples that AdamW alone needs.

Muon steps along the nearest orthogonal matrix of the momentum (Jordan et al. 2024, "Muon: an optimizer for hidden
layers"), found by a few Newton-Schulz iterations."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Muon(torch.optim.Optimizer):
    def __init__(self, matrices: list[nn.Parameter], lr: float, momentum: float = 0.95, decay: float = 0.01):
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            for matrix in group["params"]:
                if matrix.grad is None:
                    continue
                state = self.state[matrix]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(matrix)
                momentum = state["momentum"].lerp_(matrix.grad, 1 - group["momentum"])
                update = orthogonal(matrix.grad.lerp(momentum, group["momentum"]))
                matrix.mul_(1 - group["lr"] * group["decay"])
                # An orthogonal matrix has entries of about 1/sqrt(side): scaled so that one rate fits all shapes.
                matrix.add_(update, alpha=-group["lr"] * max(1, matrix.size(0) / matrix.size(1)) ** 0.5)


def orthogonal(matrix: Tensor, steps: int = 5) -> Tensor:
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix / (matrix.norm() + 1e-7)
    flipped = x.size(0) > x.size(1)
    if flipped:
        x = x.T
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.T if flipped else x


def optimizers(model: nn.Module, rate: float) -> list[torch.optim.Optimizer]:
    """`rate` is AdamW's; Muon's is a fixed multiple."""
    matrices = [it for name, it in model.named_parameters() if name.startswith("layers.") and it.ndim == 2]
    chosen = {id(it) for it in matrices}
    others = [it for it in model.parameters() if id(it) not in chosen]
    found: list[torch.optim.Optimizer] = [
        Muon(matrices, lr=rate * MUON_RATE),
        torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True),
    ]
    for it in found:
        for group in it.param_groups:
            group["base"] = group["lr"]
    return found


# Batches are small here, so steps are, too: at twice this the loss does not fall any more.
MUON_RATE = 5.0
