import { createHash } from 'node:crypto';
import { DomainError } from '@blockwise/contracts';
import {
  type LeaderboardRow,
  leadersOfBoards,
  readLeaderboard,
  readSharedLeaderboard,
  readTeams,
} from '@blockwise/db';
import { Router } from 'express';
import { badgeSvg } from '../badge.ts';
import type { Resources } from '../resources.ts';
import { rowId } from '../schema/global-id.ts';
import { refuse } from './refusal.ts';

const root = '/badges';

/** How long a badge may be shown without asking again. */
const cacheSeconds = 60;

/** Where the badge of a leaderboard is. */
export function badgePath(globalId: string): string {
  return `${root}/${globalId}.svg`;
}

/**
 * `/badges/<leaderboard id>.svg`: the leading entry of a public board, or with `?share=<secret>` of
 * the one behind that share link. Pictures on other sites ask for it without credentials.
 */
export function createBadgeRoutes({ database }: Pick<Resources, 'database'>): Router {
  const routes = Router();
  routes.get(`${root}/:name`, async (request, response) => {
    const { share } = request.query;
    const secret = typeof share === 'string' ? share : undefined;
    const board = await boardOf({ database }, request.params.name, secret);
    if (board === null) {
      refuse(response, 404, 'There is no public leaderboard of that id.', 'NOT_FOUND');
      return;
    }
    const [leader] = await leadersOfBoards(database, [board.id]);
    const [team] = leader === undefined ? [] : await readTeams(database, [leader.teamId]);
    const shown = leader && { ...leader, team: leader.imported?.team ?? team?.name ?? '' };
    const svg = badgeSvg(board, shown ?? null);
    response.set({
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Cache-Control': `${secret === undefined ? 'public' : 'private'}, max-age=${cacheSeconds}`,
      'Content-Security-Policy': "default-src 'none'",
      // What a server may embed it from is anything: it is a picture of what everybody may see.
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
      ETag: `"${createHash('sha256').update(svg).digest('hex').slice(0, 32)}"`,
    });
    response.send(svg);
  });
  return routes;
}

async function boardOf(
  { database }: Pick<Resources, 'database'>,
  name: string,
  secret: string | undefined,
): Promise<LeaderboardRow | null> {
  const id = leaderboardId(name);
  if (id === null) return null;
  const board =
    secret === undefined
      ? await readLeaderboard(database, id)
      : await readSharedLeaderboard(database, secret);
  const isOpen = secret !== undefined || board?.visibility === 'PUBLIC';
  return board !== null && board.id === id && isOpen ? board : null;
}

/** Row id in the name of a badge; null when it is none. */
function leaderboardId(name: string): string | null {
  const [, globalId] = /^([\w-]{1,200})\.svg$/.exec(name) ?? [];
  try {
    return globalId === undefined ? null : rowId(globalId, 'Leaderboard', ['id']);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
