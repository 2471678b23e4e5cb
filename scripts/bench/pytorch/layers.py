"""The layers of a plan as PyTorch modules. Feature maps are [batch, channels, height, width]."""

import torch
from torch import nn


def pixels(kernel: int) -> int:
    """Symmetric padding, as in the engine's default frame."""
    return (kernel - 1) // 2


class Gate(nn.Module):
    """Squeeze and excitation: spatial mean, two 1x1 convolutions with bias, a gate per channel."""

    def __init__(self, channels: int, reduced: int):
        super().__init__()
        self.conv_reduce = nn.Conv2d(channels, reduced, 1)
        self.conv_expand = nn.Conv2d(reduced, channels, 1)

    def forward(self, x):
        squeezed = nn.functional.silu(self.conv_reduce(x.mean((2, 3), keepdim=True)))
        return x * torch.sigmoid(self.conv_expand(squeezed))


class Layer(nn.Module):
    """One layer of a plan: `cn`, `ds` or `ir`; the input is added where it has the output's shape."""

    def __init__(self, plan: dict, epsilon: float):
        super().__init__()
        self.plan = plan
        kind, kernel, stride = plan["kind"], plan["kernel"], plan["stride"]
        wide, out, into = plan["hidden"], plan["outChannels"], plan["inChannels"]
        slide = {"stride": stride, "padding": pixels(kernel), "bias": False}
        self.conv = self.expand = self.depthwise = self.gate = self.project = None
        if kind == "cn":
            self.conv = nn.Conv2d(into, out, kernel, **slide)
            self.norms = nn.ModuleList([nn.BatchNorm2d(out, eps=epsilon)])
            self.residual = False
            return
        if kind == "ir":
            self.expand = nn.Conv2d(into, wide, 1, bias=False)
        self.depthwise = nn.Conv2d(wide, wide, kernel, groups=wide, **slide)
        self.project = nn.Conv2d(wide, out, 1, bias=False)
        if plan["squeeze"] > 0:
            self.gate = Gate(wide, plan["squeeze"])
        widths = [wide, wide, out] if kind == "ir" else [wide, out]
        self.norms = nn.ModuleList([nn.BatchNorm2d(width, eps=epsilon) for width in widths])
        self.residual = stride == 1 and into == out

    def forward(self, x):
        silu = nn.functional.silu
        if self.conv is not None:
            return silu(self.norms[0](self.conv(x)))
        y = x if self.expand is None else silu(self.norms[0](self.expand(x)))
        y = silu(self.norms[-2](self.depthwise(y)))
        y = y if self.gate is None else self.gate(y)
        y = self.norms[-1](self.project(y))
        return x + y if self.residual else y

    def named(self):
        """The trained parameters by the engine's names."""
        name = self.plan["name"]
        if self.conv is not None:
            yield f"{name}.weight", self.conv.weight
            yield from norm_parameters(self.plan["norm"], self.norms[0])
            return
        if self.expand is not None:
            yield f"{name}.conv_pw.weight", self.expand.weight
        yield f"{name}.conv_dw.weight", self.depthwise.weight
        projection = "conv_pw" if self.expand is None else "conv_pwl"
        yield f"{name}.{projection}.weight", self.project.weight
        if self.gate is not None:
            for part in ("conv_reduce", "conv_expand"):
                convolution = getattr(self.gate, part)
                yield f"{name}.se.{part}.weight", convolution.weight
                yield f"{name}.se.{part}.bias", convolution.bias
        for index, norm in enumerate(self.norms):
            yield from norm_parameters(f"{name}.bn{index + 1}", norm)


def norm_parameters(name: str, norm: nn.BatchNorm2d):
    yield f"{name}.weight", norm.weight
    yield f"{name}.bias", norm.bias
