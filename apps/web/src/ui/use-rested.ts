'use client';

import { useEffect, useState } from 'react';

/** The value as it was when it had not changed for `restSeconds`. */
export function useRested<Value>(value: Value, restSeconds: number): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restSeconds * 1000);
    return () => clearTimeout(timer);
  }, [value, restSeconds]);
  return rested;
}
