import type {
  BottleneckLayer,
  FusedLayer,
  InvertedResidualLayer,
  Layer,
  Squeeze,
} from './types.ts';

/** Channels of an image. */
export const imageChannels = 3;

/**
 * The multiple of 8 nearest to `value`, at least 8, and one more where that would lose over a tenth:
 * EfficientNet's and MobileNetV3's rounding of widths.
 */
export function roundToEights(value: number): number {
  const rounded = Math.max(8, Math.floor((value + 4) / 8) * 8);
  return rounded < 0.9 * value ? rounded + 8 : rounded;
}

type Hiding = Pick<
  InvertedResidualLayer | FusedLayer | BottleneckLayer,
  'kind' | 'expansion' | 'channels'
>;

/** Width between the first and the last convolution of a layer, rounded half up; 0 cannot be built. */
export function hiddenWidth(layer: Hiding, inChannels: number): number {
  return Math.round(layer.expansion * (layer.kind === 'bt' ? layer.channels : inChannels));
}

/**
 * Width of the squeeze-and-excitation's bottleneck; 0 where there is none. Of the `input` width
 * max(1, ⌊ratio · input⌋), as in EfficientNet; of the `hidden` width rounded to eights, as in
 * MobileNetV3. `hidden` is the width that the gate is for.
 */
export function squeezeWidth(squeeze: Squeeze, inChannels: number, hidden: number): number {
  if (squeeze.ratio === 0) {
    return 0;
  }
  return squeeze.of === 'input'
    ? Math.max(1, Math.floor(squeeze.ratio * inChannels))
    : roundToEights(squeeze.ratio * hidden);
}

/** Width of a layer's output; pooling keeps its input's. */
export function outChannelsOf(layer: Layer, inChannels: number): number {
  return layer.kind === 'mp' ? inChannels : layer.channels;
}

/** Size of a feature map after a stride, with either padding of a frame: ⌈size / stride⌉. */
export function sizeAfter(inSize: number, stride: 1 | 2): number {
  return Math.ceil(inSize / stride);
}
