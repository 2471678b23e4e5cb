import type { Sender } from '../context.ts';

/** Who asks, as far as limits care. */
export interface Caller {
  /** What rates are counted by: the token, the person, or the address of whoever did not sign in. */
  readonly key: string;
  readonly isSignedIn: boolean;
  /** By a token, not by the cookie of a browser. */
  readonly hasToken: boolean;
}

export function callerOf({ viewer, ip }: Pick<Sender, 'viewer' | 'ip'>): Caller {
  const { principal } = viewer;
  if (principal === null) return { key: `address ${ip}`, isSignedIn: false, hasToken: false };
  const { tokenId, userId } = principal;
  return {
    key: tokenId === null ? `user ${userId}` : `token ${tokenId}`,
    isSignedIn: true,
    hasToken: tokenId !== null,
  };
}
