"""Times the steps that it is asked for, a JSON line in, a JSON line out: the protocol of protocol.ts."""

import base64
import json
import os
import sys
import time

try:
    import torch
except ImportError:
    sys.exit("This Python has no PyTorch; BLOCKWISE_PYTHON names one that has.")

from steps import open_step

# Warmed up by so many steps, or after so long.
WARMUP_STEPS = 3
WARMUP_SECONDS = 10


def device_name(device: torch.device) -> str:
    if device.type == "cuda":
        return f"CUDA {torch.version.cuda}, {torch.cuda.get_device_name(device)}"
    threads = torch.get_num_threads()
    return f"CPU, {threads} thread{'' if threads == 1 else 's'}"


class Server:
    def __init__(self, device: str):
        self.device = torch.device(device)
        self.step = None
        self.batch = None

    def describe(self) -> dict:
        if self.device.type == "cuda" and not torch.cuda.is_available():
            raise RuntimeError("PyTorch finds no CUDA device.")
        versions = {"torch": torch.__version__, "python": sys.version.split()[0]}
        return {"device": device_name(self.device), "versions": versions}

    def open(self, plan: dict) -> dict:
        torch.manual_seed(1)
        self.step = open_step(plan, self.device)
        self.batch = self.step.draw(plan["batch"])
        started = time.perf_counter()
        for _ in range(WARMUP_STEPS):
            sample = self.sample()
            if time.perf_counter() - started > WARMUP_SECONDS:
                break
        params = sum(value.numel() for _, value in self.step.named())
        return {"params": params, "images": plan["batch"], "warmMs": sample["ms"]}

    def sample(self) -> dict:
        wall, cpu = time.perf_counter(), time.process_time()
        self.step.run(self.batch)
        return {
            "ms": 1000 * (time.perf_counter() - wall),
            "cpuMs": 1000 * (time.process_time() - cpu),
        }

    def losses(self, plan: dict, weights: dict, batch: list, steps: int) -> dict:
        """The losses of the first steps from given weights, on a given batch."""
        step = open_step(plan, self.device)
        values = dict(step.named())
        if values.keys() != weights.keys():
            raise ValueError(f"other parameters: {sorted(values.keys() ^ weights.keys())}")
        with torch.no_grad():
            for name, value in values.items():
                value.copy_(to_pytorch(name, array(weights[name])).reshape(value.shape))
        given = [array(values) for values in batch]
        return {"losses": [step.run(given) for _ in range(steps)]}

    def answer(self, question: dict) -> dict:
        ask = question.pop("ask")
        if ask == "describe":
            return self.describe()
        if ask == "open":
            return self.open(question["plan"])
        if ask == "run":
            return {"samples": [self.sample() for _ in range(question["count"])]}
        if ask == "losses":
            return self.losses(**question)
        raise ValueError(f"There is no question {ask}.")


def array(given: dict) -> torch.Tensor:
    kind = {"float32": torch.float32, "int32": torch.int32}[given["dtype"]]
    values = torch.frombuffer(bytearray(base64.b64decode(given["data"])), dtype=kind)
    shaped = values.reshape(given["shape"])
    return shaped.long() if kind == torch.int32 else shaped


def to_pytorch(name: str, value: torch.Tensor) -> torch.Tensor:
    """A kernel [k, k, in, out], a depth-wise one [k, k, channels, 1] or a matrix [in, out]."""
    if value.dim() == 4:
        order = (2, 3, 0, 1) if name.endswith("conv_dw.weight") else (3, 2, 0, 1)
        return value.permute(order)
    return value.t() if value.dim() == 2 else value


def main() -> None:
    # Whatever else is printed must not get between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    server = Server(sys.argv[1])
    for line in sys.stdin:
        try:
            answer = server.answer(json.loads(line))
        except Exception as error:  # noqa: BLE001 - the asker decides
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)


main()
