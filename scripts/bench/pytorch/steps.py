"""The steps of the bench in PyTorch: the same networks, losses and optimisers as in the engine."""

import torch
from torch import nn

from layers import Layer


class CellStep:
    """Distillation of one cell: MSE to the teacher's features, Adam; every path of the step in turn."""

    def __init__(self, plan: dict, device: torch.device):
        epsilon = plan["normEpsilon"]
        self.plan, self.device = plan, device
        self.layers = nn.ModuleList(
            nn.ModuleList(Layer(op, epsilon) for op in ops) for ops in plan["layers"]
        ).to(device, memory_format=torch.channels_last)
        self.modules = [op for ops in self.layers for op in ops]
        self.shapes = [
            (plan["inSize"], plan["layers"][0][0]["inChannels"]),
            (plan["outSize"], plan["layers"][-1][0]["outChannels"]),
        ]
        self.reset()

    def reset(self):
        rate = self.plan["learningRate"]
        self.optimizer = torch.optim.Adam(self.layers.parameters(), lr=rate, eps=1e-8)

    def draw(self, count: int):
        """Normally distributed features, NHWC."""
        return [torch.randn(count, size, size, channels) for size, channels in self.shapes]

    def run(self, batch) -> float:
        x, y = (values.to(self.device).permute(0, 3, 1, 2) for values in batch)
        self.optimizer.zero_grad(set_to_none=True)
        losses = []
        for path in self.plan["paths"]:
            features = x
            for ops, op in zip(self.layers, path):
                features = ops[op](features)
            loss = nn.functional.mse_loss(features, y)
            loss.backward()
            losses.append(loss.detach())
        self.optimizer.step()
        return torch.stack(losses).mean().item()

    def named(self):
        for module in self.modules:
            yield from module.named()


class NetworkStep:
    """Retraining on labels: smoothed cross-entropy, AdamW that spares biases and normalisation."""

    def __init__(self, plan: dict, device: torch.device):
        self.plan, self.device = plan, device
        self.modules = [Layer(layer, plan["normEpsilon"]) for layer in plan["layers"]]
        self.classifier = nn.Linear(plan["layers"][-1]["outChannels"], plan["classes"])
        self.network = nn.Sequential(*self.modules, nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.network.append(self.classifier)
        self.network.to(device, memory_format=torch.channels_last)
        self.reset()

    def reset(self):
        decayed = [value for _, value in self.named() if value.dim() > 1]
        spared = [value for _, value in self.named() if value.dim() == 1]
        groups = [
            {"params": decayed, "weight_decay": self.plan["weightDecay"]},
            {"params": spared, "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=self.plan["learningRate"], eps=1e-8)

    def draw(self, count: int):
        """Normally distributed images, NHWC, and their classes in turn."""
        size = self.plan["inSize"]
        return [torch.randn(count, size, size, 3), torch.arange(count) % self.plan["classes"]]

    def run(self, batch) -> float:
        x, labels = (values.to(self.device) for values in batch)
        self.optimizer.zero_grad(set_to_none=True)
        logits = self.network(x.permute(0, 3, 1, 2))
        smoothing = self.plan["labelSmoothing"]
        loss = nn.functional.cross_entropy(logits, labels, label_smoothing=smoothing)
        loss.backward()
        self.optimizer.step()
        (logits.detach().argmax(1) == labels).sum().item()
        return loss.item()

    def named(self):
        for module in self.modules:
            yield from module.named()
        yield f"{self.plan['classifier']}.weight", self.classifier.weight
        yield f"{self.plan['classifier']}.bias", self.classifier.bias


def open_step(plan: dict, device: torch.device):
    steps = {"cell": CellStep, "network": NetworkStep}
    return steps[plan["kind"]](plan, device)
