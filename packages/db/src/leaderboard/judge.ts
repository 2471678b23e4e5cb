import type { LeaderboardRow } from './rows.ts';

/** Accuracies are shares of whole images; this is far below one image of any data set. */
const rounding = 1e-9;

/** Whether what was measured of an entry is what it says, within its board's tolerance. */
export function judge(
  { tolerance }: Pick<LeaderboardRow, 'tolerance'>,
  { top1, verifiedTop1 }: { readonly top1: number; readonly verifiedTop1: number },
): 'VERIFIED' | 'REJECTED' {
  return Math.abs(verifiedTop1 - top1) <= tolerance + rounding ? 'VERIFIED' : 'REJECTED';
}
