import { describe } from 'vitest';
import { accountPages } from './pages/account.page.ts';
import { openDashboard } from './pages/dashboard.ts';
import { everyPage } from './pages/every.page.ts';
import { leaderboardPage } from './pages/leaderboard.page.ts';
import { liveSearch } from './pages/live-search.page.ts';
import { newSearchPage } from './pages/new-search.page.ts';
import { trustPage } from './pages/trust.page.ts';
import { wholeWay } from './pages/whole-way.page.ts';

// One platform, one browser; every file of `pages/` is what one page, or one way through several, promises.

const dashboard = openDashboard();

describe('a search, live', () => liveSearch(dashboard));
describe('a new search', () => newSearchPage(dashboard));
// Before teams and networks are added to what the pages show.
describe('every page', () => everyPage(dashboard));
describe('leaderboard', () => leaderboardPage(dashboard));
describe('trust', () => trustPage(dashboard));
describe('account', () => accountPages(dashboard));
describe('the whole way', () => wholeWay(dashboard));
