/** Descriptions that the operations on a complete search share. */
export const idempotencyKeyTold =
  'Any text of up to 200 characters. A second call with the same key answers what the first one ' +
  'started and starts nothing; CONFLICT when it asks for something else.';

export const afterwardsTold = ' CONFLICT when the search is not complete.';
