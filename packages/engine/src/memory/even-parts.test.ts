import { expect, test } from 'vitest';
import { evenParts } from './even-parts.ts';

test('parts cover everything once, are as few as can be, and differ by one at most', () => {
  for (let total = 1; total <= 40; total++) {
    for (let most = 1; most <= 45; most++) {
      const parts = evenParts(total, most);
      const sizes = parts.map(({ from, to }) => to - from);
      expect(parts.length).toBe(Math.ceil(total / most));
      expect(parts.map(({ from }) => from)).toEqual([0, ...parts.slice(0, -1).map(({ to }) => to)]);
      expect(parts.at(-1)?.to).toBe(total);
      expect(Math.max(...sizes)).toBeLessThanOrEqual(most);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  }
});
