import { defineCommand } from '../command.ts';
import { watchToEnd } from '../watch.ts';

export const watch = defineCommand({
  name: 'watch',
  operands: ['ID'],
  told: 'events of a search, a line each, until nothing is under way for it',
  flags: {},
  run: (context, _values, id = '') => watchToEnd(context, id),
});
