import type { Frame } from '@blockwise/dna';
import type { NamedArray } from '../../artifacts/named-arrays.ts';
import { type KerasLayer, kerasLayer, zeros } from './keras-layer.ts';

interface Window {
  readonly kernel: number;
  readonly stride: 1 | 2;
}

/** A dense or depth-wise convolution without bias; PyTorch's padding is a layer of its own. */
export function convolutionLayers(
  kind: 'conv' | 'depthwise',
  name: string,
  x: string,
  { kernel, stride }: Window,
  { padding }: Frame,
  weight: NamedArray,
): KerasLayer[] {
  const side = (kernel - 1) / 2;
  // With a stride of 1 both frames pad the same number of zeros on all sides.
  const padded = padding === 'symmetric' && stride === 2 && kernel > 1;
  const pad = `${name}.pad`;
  const before = padded ? [kerasLayer('ZeroPadding2D', pad, [x], { padding: pair(side) })] : [];
  const window = {
    ...{ kernel_size: [kernel, kernel], strides: [stride, stride], ...channelsLast },
    ...{ padding: padded ? 'valid' : 'same', use_bias: false, activation: 'linear' },
  };
  const inputs = [padded ? pad : x];
  const layer =
    kind === 'conv'
      ? kerasLayer(
          'Conv2D',
          name,
          inputs,
          { ...window, filters: weight.shape[3], kernel_initializer: zeros },
          [['kernel', weight]],
        )
      : kerasLayer(
          'DepthwiseConv2D',
          name,
          inputs,
          { ...window, depth_multiplier: 1, depthwise_initializer: zeros },
          [['depthwise_kernel', weight]],
        );
  return [...before, layer];
}

/**
 * A maximum pooling. Padding with zeros would not do for PyTorch's: features may be negative. So it
 * slides by one pixel, where both frames pad alike, and every second pixel is kept, by a convolution.
 */
export function poolLayers(
  name: string,
  x: string,
  { kernel, stride }: Window,
  { padding }: Frame,
  channels: number,
): KerasLayer[] {
  const thinned = stride === 2 && (padding === 'symmetric' || kernel === 1);
  const step = thinned ? 1 : stride;
  const window = { pool_size: [kernel, kernel], strides: [step, step], padding: 'same' };
  const slide = kerasLayer('MaxPooling2D', thinned ? `${name}.slide` : name, [x], {
    ...window,
    ...channelsLast,
  });
  if (!thinned) return [slide];
  const ones = { shape: [1, 1, channels, 1], data: new Float32Array(channels).fill(1) };
  const frame = { padding: 'same', epsilon: 0 } as const;
  const thin = { kernel: 1, stride } as const;
  // tfjs's wasm back end writes nothing for a pooling of one pixel, so there is none.
  if (kernel === 1) return convolutionLayers('depthwise', name, x, thin, frame, ones);
  return [slide, ...convolutionLayers('depthwise', name, slide.name, thin, frame, ones)];
}

const channelsLast = { data_format: 'channels_last' };

function pair(side: number): number[][] {
  return [
    [side, side],
    [side, side],
  ];
}
