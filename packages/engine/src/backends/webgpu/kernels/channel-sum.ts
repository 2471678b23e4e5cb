import type * as tf from '@tensorflow/tfjs-core';
import { type Program, runProgram, type Uniform, workgroupSize } from './program.ts';

interface ChannelSum extends Pick<Program, 'key' | 'inputs'> {
  /** The inputs' elements lie as [groups, rows, channels]; the sum is over the rows. */
  readonly groups: number;
  readonly rows: number;
  readonly channels: number;
  readonly outputShape: readonly number[];
  /** What the sum is multiplied with; 1 unless told. */
  readonly factor?: number;
  readonly uniforms?: Readonly<Record<string, Uniform>>;
  /** WGSL functions that `value` calls. */
  readonly functions?: string;
  /** WGSL for the summand at element `i` of channel `c`. */
  readonly value: string;
}

/** Channels of a workgroup: 32 bytes side by side, the least that a GPU fetches. */
const width = 8;
const lanes = workgroupSize / width;

/**
 * Sums over rows for each channel, without a transpose before it. Rows are dealt to 32 lanes, which
 * are added up pairwise: the same order every time, and sums of thousands keep their digits.
 */
export function runChannelSum(
  backend: unknown,
  { groups, rows, channels, factor = 1, uniforms = {}, functions = '', value, ...rest }: ChannelSum,
): tf.TensorInfo {
  const tiles = Math.ceil(channels / width);
  return runProgram(backend, {
    ...rest,
    uniforms: {
      rows: { type: 'i32', value: rows },
      channels: { type: 'i32', value: channels },
      groups: { type: 'i32', value: groups },
      factor: { type: 'f32', value: factor },
      ...uniforms,
    },
    workgroups: groups * tiles,
    code: `
      var<workgroup> lanes : array<f32, ${workgroupSize}>;
      ${functions}
      fn main(index : i32) {
        let tile = index / ${workgroupSize};
        let tiles = (uniforms.channels + ${width - 1}) / ${width};
        let band = tile / tiles;
        let c = (tile % tiles) * ${width} + i32(localIndex) % ${width};
        let lane = i32(localIndex) / ${width};
        let inside = c < uniforms.channels && band < uniforms.groups;
        var sum = 0.0;
        if (inside) {
          for (var row = lane; row < uniforms.rows; row += ${lanes}) {
            let i = (band * uniforms.rows + row) * uniforms.channels + c;
            sum += ${value};
          }
        }
        lanes[localIndex] = sum;
        workgroupBarrier();
        for (var span = ${workgroupSize / 2}u; span >= ${width}u; span /= 2u) {
          if (localIndex < span) {
            lanes[localIndex] += lanes[localIndex + span];
          }
          workgroupBarrier();
        }
        if (inside && lane == 0) {
          result[band * uniforms.channels + c] = lanes[localIndex] * uniforms.factor;
        }
      }`,
  });
}
