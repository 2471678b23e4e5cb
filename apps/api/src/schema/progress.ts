import type { Progress } from '@blockwise/db';
import { builder } from './builder.ts';

export const ProgressObject = builder.objectRef<Progress>('Progress').implement({
  description: 'How far a job is.',
  fields: (t) => ({
    done: t.exposeFloat('done', { description: 'Units done.' }),
    total: t.exposeFloat('total', { description: 'Units there are.' }),
    unit: t.exposeString('unit', { description: 'What is counted, such as `steps` or `paths`.' }),
    perSecond: t.exposeFloat('perSecond', {
      nullable: true,
      description: 'Units per second lately; null while unknown.',
    }),
    note: t.exposeString('note', {
      nullable: true,
      description: 'What is under way, such as `loading images`.',
    }),
  }),
});
