'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/** How long nothing may move before a chart rests, in seconds. */
const restSeconds = 0.2;

/**
 * What is in sight of a chart while it is moved, many times a second, null for all; `onRest` is told once
 * it rests, as `kept` says (rounded, for an address), and `view` is taken up when it is another than that.
 */
export function useMoved<View extends object>({
  view,
  onRest,
  kept,
}: {
  view: View | null;
  onRest: ((view: View | null) => void) | undefined;
  kept: (view: View) => View;
}) {
  const [own, setOwn] = useState(view);
  const [isMoving, setMoving] = useState(false);
  const now = useRef({ own, onRest, kept, timer: 0 });
  now.current.onRest = onRest;
  now.current.kept = kept;

  const asked = JSON.stringify(view);
  useEffect(() => {
    const state = now.current;
    if (JSON.stringify(state.own && state.kept(state.own)) === asked) return;
    clearTimeout(state.timer);
    setMoving(false);
    state.own = JSON.parse(asked);
    setOwn(state.own);
  }, [asked]);
  useEffect(() => () => clearTimeout(now.current.timer), []);

  /** Shows what comes of what is in sight. */
  const show = useCallback((change: (view: View | null) => View | null) => {
    const state = now.current;
    state.own = change(state.own);
    setOwn(state.own);
    setMoving(true);
    clearTimeout(state.timer);
    state.timer = window.setTimeout(() => {
      setMoving(false);
      state.onRest?.(state.own && state.kept(state.own));
    }, 1000 * restSeconds);
  }, []);

  return { own, isMoving, show };
}
