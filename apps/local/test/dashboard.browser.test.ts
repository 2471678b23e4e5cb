import { describe } from 'vitest';
import { accountPages } from './pages/account.page.ts';
import { budgetPages } from './pages/budgets.page.ts';
import { cellPage } from './pages/cell.page.ts';
import { comparePages } from './pages/compare.page.ts';
import { openDashboard } from './pages/dashboard.ts';
import { everyPage } from './pages/every.page.ts';
import { leaderboardPage } from './pages/leaderboard.page.ts';
import { listPage } from './pages/list.page.ts';
import { liveSearch } from './pages/live-search.page.ts';
import { mapsPage } from './pages/maps.page.ts';
import { networkPages } from './pages/network.page.ts';
import { newSearchPage } from './pages/new-search.page.ts';
import { offlinePages } from './pages/offline.page.ts';
import { steeringPage } from './pages/steering.page.ts';
import { trainersPage } from './pages/trainers.page.ts';
import { trustPage } from './pages/trust.page.ts';
import { viewerPages } from './pages/viewer.page.ts';
import { wholeWay } from './pages/whole-way.page.ts';

// One platform, one browser; every file of `pages/` is what one page, or one way through several, promises.

const dashboard = openDashboard();

describe('a search, live', () => liveSearch(dashboard));
describe('a new search', () => newSearchPage(dashboard));
// Before teams and networks are added to what the pages show.
describe('every page', () => everyPage(dashboard));
describe('cell', () => cellPage(dashboard));
describe('budgets', () => budgetPages(dashboard));
describe('compare', () => comparePages(dashboard));
describe('network', () => networkPages(dashboard));
describe('feature maps', () => mapsPage(dashboard));
describe('leaderboard', () => leaderboardPage(dashboard));
describe('trust', () => trustPage(dashboard));
describe('trainers', () => trainersPage(dashboard));
describe('list', () => listPage(dashboard));
describe('steering', () => steeringPage(dashboard));
describe('offline', () => offlinePages(dashboard));
describe('viewer', () => viewerPages(dashboard));
describe('account', () => accountPages(dashboard));
describe('the whole way', () => wholeWay(dashboard));
