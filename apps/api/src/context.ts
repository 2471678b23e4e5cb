import type { ArtifactStore } from '@blockwise/artifacts';
import { type Database, isReadable, type Queue } from '@blockwise/db';
import type { EventHub, LeaderboardHub, TrainerHub } from './events/hub.ts';
import type { LinkSigner } from './links/link-signer.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import type { Log } from './log.ts';
import { type Column, packColumn } from './pack-column.ts';
import type { Resources, WebhookSettings } from './resources.ts';
import { checkViewer } from './rights/check-viewer.ts';
import { unauthenticated } from './rights/refusals.ts';
import type { Right } from './rights/right.ts';
import type { Viewer } from './rights/viewer.ts';
import { RatingsReader } from './search-ratings.ts';
import type { SignIn } from './sign-in/sign-in.ts';
import type { Solver } from './solving/solver.ts';

/** Who sends a request, and from where. */
export interface Sender {
  readonly viewer: Viewer;
  /** Address of the other end; null where there is none. */
  readonly ip: string | null;
  /** Of the HTTP request, or of the one that a socket began with. */
  readonly headers: Headers;
  /** What a column of numbers is in the answer, if not base64 at once. */
  readonly pack?: (column: Column) => string;
}

/** What a resolver works with: one for each request, or operation of a socket. */
export interface Context extends Sender {
  readonly pack: (column: Column) => string;
  readonly database: Database;
  readonly queue: Queue;
  readonly hub: EventHub;
  readonly leaderboardHub: LeaderboardHub;
  readonly trainerHub: TrainerHub;
  readonly ratings: RatingsReader;
  readonly solver: Solver;
  readonly signIn: SignIn;
  /** Makes links that need no sign-in. */
  readonly links: LinkSigner;
  readonly webhooks: WebhookSettings;
  readonly log: Log;
  /** What trainers have stored. */
  readonly artifacts: ArtifactStore;
  /** Remember what they read for as long as the request lasts. They ask nobody's rights. */
  readonly loaders: Loaders;
  /** Whether the viewer may see a search, and with it what has no visibility of its own. */
  canReadSearch(searchId: string): Promise<boolean>;

  /** Of the operation that is under way: what it asks for. Absent inside of what it answers. */
  readonly right?: Right;
  /** The team in which the operation's role was looked up, for the audit log. */
  readonly team: string | null;
  /** Opaque id of what the operation is about, for the audit log. */
  readonly about: string | null;
  /** Notes what an operation is about, as far as it is not known yet. */
  note(found: { readonly team?: string; readonly about?: string }): void;
  /** How often a subscription looks again who its viewer is and what it may see. */
  readonly recheckMilliseconds: number;
  /**
   * Looks up anew who the viewer is, and forgets what was read: for operations that last.
   *
   * @throws DomainError UNAUTHENTICATED when who was somebody is nobody any more; FORBIDDEN when the
   *   viewer may not do the operation any more
   */
  renew(): Promise<void>;
  /** Forgets what was read for this request: something has changed. */
  forget(): void;
  /** The same context, for one operation. */
  under(right: Right): Context;
}

interface Held
  extends Pick<
    Resources,
    | 'database'
    | 'queue'
    | 'hub'
    | 'leaderboardHub'
    | 'trainerHub'
    | 'solver'
    | 'webhooks'
    | 'artifacts'
  > {
  readonly signIn: SignIn;
  readonly links: LinkSigner;
  readonly log: Log;
  readonly recheckMilliseconds: number;
}

/** Makes contexts that share what the process holds open. */
export function createContextFactory(held: Held): (sender: Sender) => Context {
  const { database } = held;
  const ratings = new RatingsReader(database);
  return (sender) => {
    const loaders = createLoaders(database);
    const seen = new Map<string, Promise<boolean>>();
    let { viewer } = sender;
    const forget = (): void => {
      loaders.forget();
      seen.clear();
    };
    const look = async (searchId: string): Promise<boolean> => {
      const search = await loaders.search.load(searchId);
      return search !== null && isReadable(viewer.reader, search);
    };
    const context = (right?: Right): Context => {
      let team: string | null = null;
      let about: string | null = null;
      return {
        ...pick(held),
        headers: sender.headers,
        ip: sender.ip,
        pack: sender.pack ?? packColumn,
        get viewer() {
          return viewer;
        },
        ratings,
        loaders,
        canReadSearch(searchId) {
          const looked = seen.get(searchId) ?? look(searchId);
          seen.set(searchId, looked);
          return looked;
        },
        ...(right === undefined ? {} : { right }),
        get team() {
          return team;
        },
        get about() {
          return about;
        },
        note(found) {
          team ??= found.team ?? null;
          about ??= found.about ?? null;
        },
        forget,
        async renew() {
          const next = await held.signIn.viewerOf(sender.headers);
          const isGone = viewer.principal !== null && next.principal === null;
          viewer = next;
          forget();
          if (isGone) throw unauthenticated(next);
          if (right !== undefined) checkViewer(right, viewer);
        },
        under: context,
      };
    };
    return context();
  };
}

function pick({
  database,
  queue,
  hub,
  leaderboardHub,
  trainerHub,
  solver,
  signIn,
  links,
  log,
  webhooks,
  artifacts,
  recheckMilliseconds,
}: Held): Held {
  return {
    database,
    queue,
    hub,
    leaderboardHub,
    trainerHub,
    solver,
    signIn,
    links,
    log,
    webhooks,
    artifacts,
    recheckMilliseconds,
  };
}
