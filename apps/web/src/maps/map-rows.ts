import { colourRamp } from '../charts/colour-ramp.ts';
import { divergingColours } from '../charts/diverging.ts';
import { sequentialColours } from '../charts/sequential.ts';
import type { ChannelError } from './channel-errors.ts';
import type { Planes } from './feature-planes.ts';
import type { Colouring } from './map-canvas.tsx';
import type { MapScale } from './map-scale.ts';

/** One row of the picture: what it shows of every channel. */
export interface MapRow {
  readonly key: string;
  readonly name: string;
  /** Where there is little room. */
  readonly shortName: string;
  readonly maps: Planes;
  readonly kind: 'maps' | 'difference';
}

/** All that the picture shows. */
export interface Picture {
  readonly rows: readonly MapRow[];
  readonly size: number;
  readonly errors: readonly ChannelError[];
  /** Of the path beside it. */
  readonly besideErrors: readonly ChannelError[] | undefined;
  /** Numbers of channels as they stand. */
  readonly order: readonly number[];
  readonly scaleOf: (channel: number) => MapScale;
  /** The one scale of all channels, where they have one. */
  readonly sharedScale: MapScale | undefined;
}

const mapRamp = colourRamp(sequentialColours);
const differenceRamp = colourRamp(divergingColours);

export function colouringOf(kind: MapRow['kind'], { least, greatest, half }: MapScale): Colouring {
  return kind === 'maps'
    ? { ramp: mapRamp, ends: [least, greatest] }
    : { ramp: differenceRamp, ends: [-half, half] };
}
