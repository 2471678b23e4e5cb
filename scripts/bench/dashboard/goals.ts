import type { Goal } from '../figures.ts';

/** Of a picture that moves sixty times a second, in whole milliseconds. */
const frameMs = 17;

/** What is measured of the pages. Goals of moved charts are milliseconds between two frames. */
export const dashboardGoals = [
  {
    name: 'searches, first paint',
    what: 'the list of 10,000 searches, from the address to painted rows, nothing cached',
    goalMs: 1000,
  },
  {
    name: 'searches, again',
    what: 'the same with the files in the cache of the browser',
    goalMs: 1000,
  },
  {
    name: 'searches, live',
    what: 'a search that is started, until its row is painted',
    goalMs: 2000,
  },
  {
    name: 'curves, panned',
    what: 'frames while 100 curves of 2,000 points are dragged',
    goalMs: frameMs,
  },
  { name: 'curves, zoomed', what: 'the same while the wheel zooms in and out', goalMs: frameMs },
  { name: 'curves, read', what: 'the same while the pointer reads values', goalMs: frameMs },
  { name: 'cloud, panned', what: 'frames while 46,656 rated paths are dragged', goalMs: frameMs },
  { name: 'cloud, zoomed', what: 'the same while the wheel zooms in and out', goalMs: frameMs },
  { name: 'cloud, brushed', what: 'the same while a rectangle is drawn', goalMs: frameMs },
  { name: 'cloud, read', what: 'the same while the pointer reads paths', goalMs: frameMs },
  {
    name: 'budget, moved',
    what: "a pointer's move on the slider of macs, until the best network of that budget is painted",
    goalMs: 100,
  },
] as const satisfies readonly Goal[];

export type DashboardFigure = (typeof dashboardGoals)[number]['name'];
