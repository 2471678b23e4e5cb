'use client';

import { useLayoutEffect, useRef } from 'react';
import { type Planes, planeOf } from './feature-planes.ts';
import styles from './map-canvas.module.css';
import { paintPlane } from './map-scale.ts';

/** How a row of maps is coloured. */
export interface Colouring {
  readonly ramp: Uint32Array;
  /** Values of the first and the last colour. */
  readonly ends: readonly [number, number];
}

/** A map as an image of one dot for each value. */
export function mapImage(maps: Planes, channel: number, { ramp, ends }: Colouring): ImageData {
  const image = new ImageData(maps.size, maps.size);
  new Uint32Array(image.data.buffer).set(paintPlane(planeOf(maps, channel), ends, ramp));
  return image;
}

/** One channel's map, every value a square. */
export function MapCanvas({
  maps,
  channel,
  colouring,
  side,
}: {
  maps: Planes;
  channel: number;
  colouring: Colouring;
  /** In CSS pixels; all of the width if not given. */
  side?: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [from, to] = colouring.ends;
  useLayoutEffect(() => {
    const image = mapImage(maps, channel, { ramp: colouring.ramp, ends: [from, to] });
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [maps, channel, colouring.ramp, from, to]);
  return (
    <canvas
      ref={canvas}
      width={maps.size}
      height={maps.size}
      className={styles.canvas}
      style={side === undefined ? undefined : { width: side, height: side }}
      aria-hidden
    />
  );
}
