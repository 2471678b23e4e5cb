import { readLayer } from './read-layer.ts';

/** What kinds of layers besides the usual inverted residual are called. */
const kindNames: Record<string, string> = {
  er: 'fused ',
  bt: 'bottleneck ',
  ds: 'separable ',
  cn: 'conv ',
  mp: 'pool ',
};

/** A printed layer in short: `5×5 e6`, kernel and expansion, the kind where it is not the usual one. */
export function layerWords(text: string): string {
  const { kind, kernel, expansion } = readLayer(text);
  return `${kindNames[kind] ?? ''}${kernel}×${kernel}${expansion === 1 ? '' : ` e${expansion}`}`;
}
