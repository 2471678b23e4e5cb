import type { Goal } from '../figures.ts';

/** What is measured of the API, and the time that it is to take at most. */
export const apiFigures = [
  {
    name: 'ingestion',
    what: '100,000 floats from 10 trainer processes into one search, all read back',
    goalMs: 1000,
  },
  {
    name: 'subscribers',
    what: 'a report of one of 10 trainers, until the last of 1,000 subscribers of one API process has it',
    goalMs: 2000,
  },
  {
    name: 'curves, whole',
    what: '10 keys of 100 jobs, 10,000 points each, packed, in one call',
    goalMs: 10_000,
  },
  { name: 'curves, whole, Python', what: 'the same by urllib and array', goalMs: 10_000 },
  {
    name: 'curves, thinned',
    what: 'the same curves, 2,000 points each with every spike',
    goalMs: 1000,
  },
  { name: 'curves, thinned, Python', what: 'the same by urllib and array', goalMs: 1000 },
  {
    name: 'candidates',
    what: 'the first 100 of 46,656 rated paths, in every order, under a handful of filters',
    goalMs: 100,
  },
  {
    name: 'solve',
    what: 'the best 5 networks of a search under one maximum of macs',
    goalMs: 100,
  },
] as const satisfies readonly Goal[];

export type ApiFigureName = (typeof apiFigures)[number]['name'];
