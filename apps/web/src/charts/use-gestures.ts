'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** Pixels from the left and the top of an element. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly from: Spot;
  readonly to: Spot;
}

export interface Gestures {
  /** What a drag does; with the shift key it does the other. */
  readonly dragging: 'pan' | 'select';
  /** By so many pixels. */
  readonly onPan: (dx: number, dy: number) => void;
  /** `factor` times nearer, about a spot. */
  readonly onZoom: (factor: number, about: Spot) => void;
  readonly onReset: () => void;
  /** While a rectangle is drawn, and undefined when it is let go. */
  readonly onSelecting: (box: Box | undefined) => void;
  readonly onSelect: (box: Box) => void;
  /** Where the pointer rests; undefined when it leaves. */
  readonly onPoint: (spot: Spot | undefined) => void;
  /** The next thing to read in a direction, by arrow keys with shift. */
  readonly onStep: (dx: number, dy: number) => void;
  /** A click or a tap that is no drag, or Enter (without a spot). */
  readonly onPress?: (spot: Spot | undefined) => void;
}

/** Pixels that a pointer may shake without meaning a drag. */
const shake = 4;
const nearer = 1.4;
const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Share of the element that an arrow key moves by. */
const arrowShare = 0.1;

/**
 * How a picture is moved and read, alike for pointers, fingers and keys: drag and arrow keys move, wheel
 * (while the picture has the focus, or with the control key, so that pages still scroll), two fingers and
 * `+` `-` zoom, double click and `0` show all, shift turns a drag into a choice and arrows into reading.
 */
export function useGestures(ref: RefObject<HTMLElement | null>, gestures: Gestures): void {
  const latest = useRef(gestures);
  latest.current = gestures;
  useEffect(() => {
    const element = ref.current;
    return element === null ? undefined : listen(element, () => latest.current);
  }, [ref]);
}

function listen(element: HTMLElement, now: () => Gestures): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const fingers = new Map<number, Spot>();
  let start: Spot | undefined;
  let deed: 'none' | 'pan' | 'select' = 'none';

  const spotOf = ({ clientX, clientY }: MouseEvent): Spot => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left - element.clientLeft, y: clientY - top - element.clientTop };
  };
  const middle = (): Spot => ({ x: element.clientWidth / 2, y: element.clientHeight / 2 });

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const spot = spotOf(event);
    fingers.set(event.pointerId, spot);
    element.setPointerCapture(event.pointerId);
    start = fingers.size === 1 ? spot : undefined;
    deed = 'none';
  };
  const onMove = (event: PointerEvent) => {
    const spot = spotOf(event);
    const before = fingers.get(event.pointerId);
    if (before === undefined) return now().onPoint(spot);
    if (fingers.size === 2) {
      const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1] ?? before;
      pinch(before, spot, other);
      fingers.set(event.pointerId, spot);
      return;
    }
    if (start === undefined) return;
    if (deed === 'none') {
      if (Math.hypot(spot.x - start.x, spot.y - start.y) < shake) return;
      const { dragging } = now();
      deed = event.shiftKey ? (dragging === 'pan' ? 'select' : 'pan') : dragging;
      now().onPoint(undefined);
    }
    fingers.set(event.pointerId, spot);
    if (deed === 'pan') now().onPan(spot.x - before.x, spot.y - before.y);
    else now().onSelecting({ from: start, to: spot });
  };
  const pinch = (before: Spot, after: Spot, other: Spot) => {
    const distance = (spot: Spot) => Math.max(8, Math.hypot(spot.x - other.x, spot.y - other.y));
    now().onZoom(distance(after) / distance(before), other);
    now().onPan((after.x - before.x) / 2, (after.y - before.y) / 2);
  };
  const onUp = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId)) return;
    const spot = spotOf(event);
    if (deed === 'select' && start !== undefined) {
      now().onSelecting(undefined);
      if (event.type === 'pointerup') now().onSelect({ from: start, to: spot });
    } else if (deed === 'none' && start !== undefined && event.type === 'pointerup') {
      now().onPoint(spot);
      now().onPress?.(spot);
    }
    start = undefined;
    deed = 'none';
  };
  const onWheel = (event: WheelEvent) => {
    const isOurs = event.ctrlKey || event.metaKey || element.contains(document.activeElement);
    if (!isOurs) return;
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return now().onPan(-event.deltaX, 0);
    now().onZoom(1.0015 ** -event.deltaY, spotOf(event));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== element || event.altKey || event.ctrlKey || event.metaKey) return;
    const arrow = arrows[event.key];
    if (arrow !== undefined) {
      const [dx, dy] = arrow;
      if (event.shiftKey) now().onStep(dx, dy);
      else {
        now().onPan(
          -dx * Math.round(arrowShare * element.clientWidth),
          -dy * Math.round(arrowShare * element.clientHeight),
        );
      }
    } else if (event.key === '+' || event.key === '=') now().onZoom(nearer, middle());
    else if (event.key === '-') now().onZoom(1 / nearer, middle());
    else if (event.key === '0') now().onReset();
    else if (event.key === 'Escape') now().onPoint(undefined);
    else if (event.key === 'Enter') now().onPress?.(undefined);
    else return;
    event.preventDefault();
  };

  element.addEventListener('pointerdown', onDown, { signal });
  element.addEventListener('pointermove', onMove, { signal });
  element.addEventListener('pointerup', onUp, { signal });
  element.addEventListener('pointercancel', onUp, { signal });
  element.addEventListener('pointerleave', () => now().onPoint(undefined), { signal });
  element.addEventListener('wheel', onWheel, { signal, passive: false });
  element.addEventListener('dblclick', () => now().onReset(), { signal });
  element.addEventListener('keydown', onKey, { signal });
  return () => stop.abort();
}
