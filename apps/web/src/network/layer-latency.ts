import type { Architecture } from '../pictures/read-architecture.ts';

/** Measured milliseconds of every layer of a network, by its key; what was not measured is missing. */
export function layerLatencies(
  { layers }: Architecture,
  table: readonly { readonly key: string; readonly milliseconds: number }[],
): Map<string, number> {
  const measured = new Map(table.map(({ key, milliseconds }) => [key, milliseconds]));
  return new Map(
    layers.flatMap(({ key, latencyKey }) => {
      const milliseconds = measured.get(latencyKey);
      return milliseconds === undefined ? [] : [[key, milliseconds] as const];
    }),
  );
}
