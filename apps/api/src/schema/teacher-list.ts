import { countTeachers, listTeachers } from '@blockwise/db';
import { builder } from './builder.ts';
import { rowIds } from './global-id.ts';
import { orderInput } from './order-input.ts';
import { connection, connectionOf, pageArgs, pageSize } from './paging.ts';
import { TeacherObject } from './refs.ts';
import { TeacherKindEnum } from './spec-enums.ts';

const TeacherConnection = connectionOf('Teacher', TeacherObject);

const TeacherFilter = builder.inputType('TeacherFilter', {
  description: 'Which teachers; all that you may see if empty.',
  fields: (t) => ({
    teams: t.idList({ description: 'Of one of these teams.' }),
    kind: t.field({ type: TeacherKindEnum, description: 'From such a source.' }),
    architecture: t.string({ description: 'Of this architecture, as `Teacher` shows it.' }),
  }),
});

const TeacherOrder = orderInput('Teacher', 'teachers', {
  CREATED_AT: 'When their search was asked for; DESC if no direction is given.',
  TOP1: 'Test accuracy, untested ones last; DESC if no direction is given.',
  PARAMS: 'Learnable scalars; ASC if no direction is given.',
  MACS: 'Multiply-accumulates, unknown ones last; ASC if no direction is given.',
});

builder.queryFields((t) => ({
  teachers: t.field({
    type: TeacherConnection,
    description:
      "Teachers that you may see, one for each search that has trained its own: the newest search's " +
      'first if nothing else is asked for.',
    args: {
      filter: t.arg({ type: TeacherFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: TeacherOrder, description: 'Sorting.' }),
      ...pageArgs(t, 20),
    },
    resolve: async (_root, { filter, orderBy, first, after }, { database, viewer: { reader } }) => {
      const { teams, ...rest } = filter ?? {};
      const teamIds = rowIds(teams, 'Team', ['filter', 'teams']);
      const which = { reader, filter: { ...rest, teamIds } };
      const page = await listTeachers(database, {
        ...which,
        ...(orderBy ? { orderBy } : {}),
        ...{ after, first: pageSize(first, 20) },
      });
      return connection(page, () => countTeachers(database, which));
    },
  }),
}));
