import type { FeatureUse } from '@blockwise/db';
import { builder } from './builder.ts';

export const FeatureUseObject = builder.objectRef<FeatureUse>('FeatureUse').implement({
  description: "What a trainer's cache of teacher features did for an attempt.",
  fields: (t) => ({
    hits: t.expose('hits', {
      type: 'BigInt',
      description: 'Images whose features were read from it, every time they were.',
    }),
    misses: t.expose('misses', {
      type: 'BigInt',
      description: 'Images that the teacher was run on, for this attempt or for others.',
    }),
    hitRate: t.float({
      nullable: true,
      description: 'hits / (hits + misses); null while there are neither.',
      resolve: ({ hits, misses }) => (hits + misses === 0 ? null : hits / (hits + misses)),
    }),
    bytesRead: t.expose('bytesRead', { type: 'BigInt', description: 'Read from its files.' }),
    seconds: t.exposeFloat('seconds', { description: 'Seconds spent running the teacher.' }),
    savedSeconds: t.exposeFloat('savedSeconds', {
      nullable: true,
      description:
        'Seconds that running the teacher for every image read would have taken, by the measured ' +
        'cost of one, less those spent; below 0 where an attempt fills the cache for others. Null ' +
        'while that cost is unknown.',
    }),
  }),
});
