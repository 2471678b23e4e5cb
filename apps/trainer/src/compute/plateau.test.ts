import { expect, test } from 'vitest';
import { Plateau } from './plateau.ts';

const rule = { patienceEpochs: 2, minImprovement: 0.1 };

/** After how many of the losses the training ends; null: after none. */
function endsAfter(losses: readonly number[], plateau = new Plateau(rule, null)): number | null {
  const at = losses.findIndex((loss) => plateau.observe(loss));
  return at < 0 ? null : at + 1;
}

test('the training ends when the loss has not fallen by its share for so many epochs', () => {
  expect(endsAfter([1, 0.89, 0.8, 0.7])).toBeNull();
  expect(endsAfter([1, 1.2, 1.1])).toBe(3);
  expect(endsAfter([1, 0.95, 0.85, 0.8, 0.84])).toBe(5);
});

test('falls that are each too small do not add up', () => {
  expect(endsAfter([1, 0.95, 0.9])).toBe(3);
});

test('from a stored state it goes on as if nothing had happened', () => {
  const losses = [1, 0.8, 0.79, 0.7, 0.69, 0.68];
  const whole = endsAfter(losses);
  for (const cut of [1, 2, 3, 4]) {
    const before = new Plateau(rule, null);
    expect(endsAfter(losses.slice(0, cut), before)).toBeNull();
    const after = new Plateau(rule, before.state);
    expect(cut + (endsAfter(losses.slice(cut), after) ?? 0)).toBe(whole);
  }
});
