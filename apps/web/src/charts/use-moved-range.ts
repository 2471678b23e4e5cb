'use client';

import { useRef } from 'react';
import { type NumberRange, panned } from './number-range.ts';
import { useMoved } from './use-moved.ts';

/**
 * The part of a step axis that is in sight while it is moved; `onWindow` is told once it rests, in whole
 * steps. `window` null, and so `range` the `extent`, is all of it, as it grows.
 */
export function useMovedRange({
  window,
  onWindow,
  extent,
}: {
  window: NumberRange | null;
  onWindow: ((window: NumberRange | null) => void) | undefined;
  extent: NumberRange;
}) {
  const { own, isMoving, show } = useMoved({ view: window, onRest: onWindow, kept: wholeSteps });
  // Parts of a pixel that were not moved yet.
  const left = useRef(0);

  /** Moves by `pixels` of `width`, always by whole ones of the device; all that there is stays. */
  const move = (pixels: number, width: number, density: number) => {
    if (own === null) return;
    show((range) => {
      if (range === null) return null;
      const perDot = (range.max - range.min) / width / density;
      const wanted = left.current + pixels * density;
      const dots = Math.round(wanted);
      left.current = wanted - dots;
      const free = panned(range, -dots * perDot, extent).min - range.min;
      const distance = Math.trunc(free / perDot + Math.sign(free) * 1e-6) * perDot;
      return { min: range.min + distance, max: range.max + distance };
    });
  };

  return {
    range: own ?? extent,
    isMoving,
    move,
    show: (change: (range: NumberRange) => NumberRange | null) =>
      show((range) => change(range ?? extent)),
  };
}

function wholeSteps({ min, max }: NumberRange): NumberRange {
  return { min: Math.floor(min), max: Math.ceil(max) };
}
