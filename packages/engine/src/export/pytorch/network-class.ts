import type { Network } from '@blockwise/dna';
import { type PlacedLayer, placeNetwork } from '../placed-network.ts';
import { convCall, type LayerCall, layerCall, torchActivation } from './layer-call.ts';

/** The Python class of a whole network, and the class definitions that it needs. */
export interface NetworkClass {
  readonly text: string;
  readonly needs: ReadonlySet<string>;
}

/** A network as one class whose attributes have the names of timm's parameters. */
export function networkClass(network: Network): NetworkClass {
  const { stem, blocks, head } = placeNetwork(network);
  const { spec, names } = head;
  const made: string[] = [];
  const run: string[] = [];
  const needs = new Set<string>();
  const calls = (layers: readonly PlacedLayer[]): LayerCall[] => layers.map(layerCall);
  const stages: { name: string; layers: LayerCall[] }[] = [];
  const toStage = (placed: readonly PlacedLayer[]): void => {
    const [first] = placed;
    if (first !== undefined) {
      stages.push({ name: first.name.replace(/\.\d+$/, ''), layers: calls(placed) });
    }
  };

  const [first, ...rest] = stem;
  const opens = first?.layer.kind === 'cn' ? first : null;
  if (opens?.layer.kind === 'cn') {
    const { kernel, stride, channels, activation } = opens.layer;
    made.push(`self.${opens.names.conv} = Conv(3, ${channels}, ${kernel}, ${stride})`);
    made.push(`self.${opens.names.norm} = norm(${channels})`);
    run.push(convRun(opens.names, torchActivation(activation)));
  }
  toStage(opens === null ? stem : rest);
  for (const block of blocks) toStage(block);

  const hasStageHead = names.conv.conv.includes('.');
  if (spec.channels > 0 && hasStageHead) {
    const widths = { kernel: 1, stride: 1, activation: spec.activation };
    const layers = [convCall(head.inChannels, spec.channels, widths)];
    stages.push({ name: names.conv.conv.replace(/\.\d+\.conv$/, ''), layers });
  }
  for (const { needs: definitions } of stages.flatMap(({ layers }) => layers)) {
    for (const definition of definitions) needs.add(definition);
  }
  addStages(stages, made, run);

  const act = torchActivation(spec.activation);
  if (spec.channels > 0 && !hasStageHead) {
    made.push(`self.${names.conv.conv} = Conv(${head.inChannels}, ${spec.channels})`);
    made.push(`self.${names.conv.norm} = norm(${spec.channels})`);
    run.push(convRun(names.conv, act));
  }
  run.push('x = x.mean((2, 3), keepdim=True)');
  const pooled = spec.channels > 0 ? spec.channels : head.inChannels;
  if (spec.hidden > 0) {
    made.push(`self.${names.hidden} = nn.Conv2d(${pooled}, ${spec.hidden}, 1)`);
    run.push(`x = ${act}(self.${names.hidden}(x))`);
  }
  const features = spec.hidden > 0 ? spec.hidden : pooled;
  made.push(`self.${names.classifier} = nn.Linear(${features}, classes)`);
  run.push(`return self.${names.classifier}(x.flatten(1))`);
  return { text: classText(made, run), needs };
}

/** `blocks.0`, `blocks.1`, … are the parts of one attribute; `layer1` and `stem` attributes of their own. */
function addStages(
  stages: readonly { readonly name: string; readonly layers: readonly LayerCall[] }[],
  made: string[],
  run: string[],
): void {
  const inner: string[] = [];
  const sequence = (layers: readonly LayerCall[], indent: string): string => {
    const lines = layers.map(({ call }) => `${indent}    ${call},`);
    return `nn.Sequential(\n${lines.join('\n')}\n${indent})`;
  };
  for (const { name, layers } of stages) {
    if (name.includes('.')) {
      inner.push(`    ${sequence(layers, '    ')},`);
    } else {
      made.push(`self.${name} = ${sequence(layers, '')}`);
      run.push(`x = self.${name}(x)`);
    }
  }
  if (inner.length === 0) return;
  made.push(`self.blocks = nn.Sequential(\n${inner.join('\n')}\n)`);
  run.push('x = self.blocks(x)');
}

function convRun({ conv, norm }: { conv: string; norm: string }, act: string): string {
  return `x = ${act}(self.${norm}(self.${conv}(x)))`;
}

function classText(made: readonly string[], run: readonly string[]): string {
  const indented = (lines: readonly string[]) =>
    lines
      .flatMap((line) => line.split('\n'))
      .map((line) => `        ${line}`)
      .join('\n');
  return `
class Network(nn.Module):
    """[batch, 3, height, width] -> logits [batch, classes]."""

    def __init__(self, classes):
        super().__init__()
${indented(made)}

    def forward(self, x):
${indented(run)}
`;
}
