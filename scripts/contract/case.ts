import type { World } from './world.ts';

/** One thing that a server must do. */
export interface Case {
  /** `Query.solve: the best first`; unique. */
  readonly name: string;
  /** Throws what is wrong, or a {@link Skip}. */
  run(world: World): Promise<void>;
}

/** Thrown by a case that cannot be run on this server. */
export class Skip extends Error {
  override readonly name = 'Skip';
}
