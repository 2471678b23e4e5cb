/** A key of a latency table, `ir_k3_s2_e6_c24_se0.25@16x112`: the layer, and what enters it. */
export function readLatencyKey(key: string): { layer: string; channels: string; size: string } {
  const [layer = key, shape = ''] = key.split('@');
  const [channels = '', size = ''] = shape.split('x');
  return { layer, channels, size };
}
