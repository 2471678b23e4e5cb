'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';

/** Width of an element in pixels as it is laid out; `first` until it is known. */
export function useWidth<Element extends HTMLElement>(
  first: number,
): readonly [RefObject<Element | null>, number] {
  const ref = useRef<Element>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
