'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { type NumberRange, panned } from './number-range.ts';

/** How long nothing may move before the chart rests, in seconds. */
const restSeconds = 0.2;

/**
 * The part of an axis that is in sight while it is moved, many times a second; `onWindow` is told once it
 * rests, in whole steps. `window` null, and so `range` the `extent`, is all of it, as it grows.
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
  const [own, setOwn] = useState(window);
  const [isMoving, setMoving] = useState(false);
  const now = useRef({ own, extent, onWindow, rest: 0 });
  now.current.extent = extent;
  now.current.onWindow = onWindow;
  // Parts of a pixel that were not moved yet.
  const left = useRef(0);

  const min = window?.min;
  const max = window?.max;
  useEffect(() => {
    const shown = whole(now.current.own);
    if (shown?.min === min && shown?.max === max) return;
    const next = min === undefined || max === undefined ? null : { min, max };
    now.current.own = next;
    setOwn(next);
  }, [min, max]);
  useEffect(() => () => clearTimeout(now.current.rest), []);

  /** Shows what comes of what is in sight; null for all. */
  const show = useCallback((change: (range: NumberRange) => NumberRange | null) => {
    const state = now.current;
    state.own = change(state.own ?? state.extent);
    setOwn(state.own);
    setMoving(true);
    clearTimeout(state.rest);
    state.rest = globalThis.window.setTimeout(() => {
      setMoving(false);
      state.onWindow?.(whole(state.own));
    }, 1000 * restSeconds);
  }, []);

  /** Moves by `pixels` of `width`, always by whole ones of the device. */
  const move = useCallback(
    (pixels: number, width: number, density: number) => {
      if (now.current.own === null) return;
      show((range) => {
        const perDot = (range.max - range.min) / width / density;
        const wanted = left.current + pixels * density;
        const dots = Math.round(wanted);
        left.current = wanted - dots;
        const free = panned(range, -dots * perDot, now.current.extent).min - range.min;
        const distance = Math.trunc(free / perDot + Math.sign(free) * 1e-6) * perDot;
        return { min: range.min + distance, max: range.max + distance };
      });
    },
    [show],
  );

  return { range: own ?? extent, isMoving, move, show };
}

function whole(range: NumberRange | null): NumberRange | null {
  return range && { min: Math.floor(range.min), max: Math.ceil(range.max) };
}
