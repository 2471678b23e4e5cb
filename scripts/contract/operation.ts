import type { Caller, Data, Variables } from './caller.ts';
import type { World } from './world.ts';

export type OperationName = `${'Query' | 'Mutation' | 'Subscription'}.${string}`;

/**
 * Who may call it. ANYONE: also without signing in; what is answered is guarded object by object. A
 * role: whoever has it, or a higher one, in the team that it is about.
 */
type Who =
  | 'ANYONE'
  | 'SIGNED_IN'
  | 'VIEWER'
  | 'MEMBER'
  | 'MAINTAINER'
  | 'OWNER'
  | 'OPERATOR'
  | 'TRAINER';

export interface Refusal {
  /** Of the closed list. */
  readonly code: string;
  /** What is wrong, for the name of the case. */
  readonly told: string;
  readonly variables: (world: World) => Variables | Promise<Variables>;
  /** Place in the input that the error must name. */
  readonly path?: readonly (string | number)[];
}

/** What the contract says of one operation; cases.ts makes cases of it. */
export interface Operation {
  readonly name: OperationName;
  readonly who: Who;
  /** What a token must have; not asked of ANYONE. */
  readonly scope: 'READ' | 'WRITE' | 'ADMIN' | 'TRAIN';
  readonly document: string;
  /** Of a call that succeeds. May prepare what the call is about; where it skips, so does the case. */
  readonly variables?: (world: World) => Variables | Promise<Variables>;
  /** Of calls by people who may not; those of success if not given. Prepares nothing. */
  readonly refusedVariables?: (world: World) => Variables | Promise<Variables>;
  /** Who calls it in the case of success; the owner if not given. */
  readonly caller?: (world: World) => Caller | Promise<Caller>;
  /** Looks at the answer of success: the value of the root field. */
  readonly check?: (answer: Data, world: World, variables: Variables) => void | Promise<void>;
  /** Puts back what the success changed. */
  readonly after?: (answer: Data, world: World, variables: Variables) => unknown;
  /** Of a subscription that does not end by itself: payloads to wait for. */
  readonly payloads?: number;
  readonly refusals?: readonly Refusal[];
  /**
   * It is about `world.team`, or what belongs to it, so that roles can be tried. Of a success that
   * changes nothing, the role that is asked for is tried too.
   */
  readonly inTeam?: 'refusals' | 'refusals and success';
  /** What those get who may not see the search that it is about; not about one if not given. */
  readonly unseen?: 'null' | 'NOT_FOUND';
}
