/** How near a student is, in five words. */
export type Nearness = 'veryNear' | 'near' | 'partly' | 'hardly' | 'not';

/**
 * By the share of the error of a student without any idea (the teacher's mean everywhere) that this one does not make:
 * three quarters and more, half, a quarter, any, none.
 */
export function nearnessOf(loss: number, flatLoss: number): { share: number; word: Nearness } {
  const share = flatLoss > 0 ? 1 - loss / flatLoss : 0;
  if (share >= 0.75) return { share, word: 'veryNear' };
  if (share >= 0.5) return { share, word: 'near' };
  if (share >= 0.25) return { share, word: 'partly' };
  return { share, word: share > 0 ? 'hardly' : 'not' };
}
