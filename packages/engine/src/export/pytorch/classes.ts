/** The parts of a PyTorch module file that no network's shape changes. */

/** Convolutions and poolings as PyTorch pads: (k − 1) / 2 on every side. */
export const symmetricParts = `
class Conv(nn.Conv2d):
    """A convolution without bias that pads (kernel - 1) / 2 on every side."""

    def __init__(self, inputs, outputs, kernel=1, stride=1, groups=1):
        super().__init__(
            inputs, outputs, kernel, stride, padding=(kernel - 1) // 2, groups=groups, bias=False
        )


class MaxPool(nn.MaxPool2d):
    """The largest value of each window; what lies outside of the map takes no part."""

    def __init__(self, kernel, stride):
        super().__init__(kernel, stride, padding=(kernel - 1) // 2)
`;

/** Convolutions and poolings as TensorFlow's SAME, by the size of the map. */
export const sameParts = `
def pad_same(x, kernel, stride, value):
    """Pads as TensorFlow's SAME: for ceil(size / stride) windows, an odd rest at the end."""
    rest = [max((-(-n // stride) - 1) * stride + kernel - n, 0) for n in x.shape[-2:]]
    height, width = rest
    sides = [width // 2, width - width // 2, height // 2, height - height // 2]
    return F.pad(x, sides, value=value)


class Conv(nn.Conv2d):
    """A convolution without bias that pads as TensorFlow's SAME."""

    def __init__(self, inputs, outputs, kernel=1, stride=1, groups=1):
        super().__init__(inputs, outputs, kernel, stride, groups=groups, bias=False)

    def forward(self, x):
        return super().forward(pad_same(x, self.kernel_size[0], self.stride[0], 0.0))


class MaxPool(nn.MaxPool2d):
    """The largest value of each window; what lies outside of the map takes no part."""

    def __init__(self, kernel, stride):
        super().__init__(kernel, stride)

    def forward(self, x):
        return super().forward(pad_same(x, self.kernel_size, self.stride, float("-inf")))
`;

export const convNormAct = `
class ConvNormAct(nn.Module):
    """Convolution, batch norm, activation."""

    def __init__(self, inputs, outputs, kernel, stride, act):
        super().__init__()
        self.conv = Conv(inputs, outputs, kernel, stride)
        self.bn1 = norm(outputs)
        self.act = act

    def forward(self, x):
        return self.act(self.bn1(self.conv(x)))
`;

export const squeezeExcite = `
class SqueezeExcite(nn.Module):
    """A factor for every channel, from the mean over all positions."""

    def __init__(self, channels, reduced, act, gate):
        super().__init__()
        self.conv_reduce = nn.Conv2d(channels, reduced, 1)
        self.conv_expand = nn.Conv2d(reduced, channels, 1)
        self.act = act
        self.gate = gate

    def forward(self, x):
        factors = self.conv_reduce(x.mean((2, 3), keepdim=True))
        return x * self.gate(self.conv_expand(self.act(factors)))
`;

export const depthwiseSeparable = `
class DepthwiseSeparable(nn.Module):
    """Depth-wise convolution, squeeze-and-excitation, linear projection; input added if it fits."""

    def __init__(self, inputs, outputs, kernel, stride, act, se=None):
        super().__init__()
        self.conv_dw = Conv(inputs, inputs, kernel, stride, groups=inputs)
        self.bn1 = norm(inputs)
        self.se = se or nn.Identity()
        self.conv_pw = Conv(inputs, outputs)
        self.bn2 = norm(outputs)
        self.act = act
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.se(self.act(self.bn1(self.conv_dw(x))))
        y = self.bn2(self.conv_pw(y))
        return y + x if self.residual else y
`;

export const invertedResidual = `
class InvertedResidual(nn.Module):
    """MBConv: expansion, depth-wise convolution, squeeze-and-excitation, linear projection."""

    def __init__(self, inputs, hidden, outputs, kernel, stride, act, se=None):
        super().__init__()
        self.conv_pw = Conv(inputs, hidden)
        self.bn1 = norm(hidden)
        self.conv_dw = Conv(hidden, hidden, kernel, stride, groups=hidden)
        self.bn2 = norm(hidden)
        self.se = se or nn.Identity()
        self.conv_pwl = Conv(hidden, outputs)
        self.bn3 = norm(outputs)
        self.act = act
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.act(self.bn1(self.conv_pw(x)))
        y = self.se(self.act(self.bn2(self.conv_dw(y))))
        y = self.bn3(self.conv_pwl(y))
        return y + x if self.residual else y
`;

export const edgeResidual = `
class EdgeResidual(nn.Module):
    """Fused MBConv: dense expansion, squeeze-and-excitation, linear projection."""

    def __init__(self, inputs, hidden, outputs, kernel, stride, act, se=None):
        super().__init__()
        self.conv_exp = Conv(inputs, hidden, kernel, stride)
        self.bn1 = norm(hidden)
        self.se = se or nn.Identity()
        self.conv_pwl = Conv(hidden, outputs)
        self.bn2 = norm(outputs)
        self.act = act
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.se(self.act(self.bn1(self.conv_exp(x))))
        y = self.bn2(self.conv_pwl(y))
        return y + x if self.residual else y
`;

export const bottleneck = `
class Bottleneck(nn.Module):
    """ResNet's bottleneck, the stride on its middle convolution."""

    def __init__(self, inputs, hidden, outputs, kernel, stride, act):
        super().__init__()
        self.conv1 = Conv(inputs, hidden)
        self.bn1 = norm(hidden)
        self.conv2 = Conv(hidden, hidden, kernel, stride)
        self.bn2 = norm(hidden)
        self.conv3 = Conv(hidden, outputs)
        self.bn3 = norm(outputs)
        self.act = act
        reshaped = stride != 1 or inputs != outputs
        self.downsample = (
            nn.Sequential(Conv(inputs, outputs, stride=stride), norm(outputs)) if reshaped else None
        )

    def forward(self, x):
        y = self.act(self.bn1(self.conv1(x)))
        y = self.act(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return self.act(y + (x if self.downsample is None else self.downsample(x)))
`;

export const loading = `
def read_safetensors(path):
    """All arrays of a safetensors file of 32-bit floats, by name."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    arrays = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise ValueError(f"{name} is of type {entry['dtype']}, not F32")
        begin, end = entry["data_offsets"]
        array = torch.frombuffer(data[begin:end], dtype=torch.float32)
        arrays[name] = array.reshape(entry["shape"])
    return arrays


def create_model(classes=len(CLASSES)):
    """The network with new weights; another number of classes changes its last layer only."""
    return Network(classes)


def load(path=WEIGHTS):
    """The network with the weights of a file, ready to be used (evaluation mode)."""
    model = create_model()
    model.load_state_dict(read_safetensors(path), strict=True)
    return model.eval()


if __name__ == "__main__":
    network = load(sys.argv[1] if len(sys.argv) > 1 else WEIGHTS)
    with torch.no_grad():
        logits = network(torch.zeros(1, 3, IMAGE_SIZE, IMAGE_SIZE))[0]
    print(json.dumps(dict(zip(CLASSES, logits.tolist())), indent=2, ensure_ascii=False))
`;
