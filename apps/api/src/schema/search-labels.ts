import { DomainError, type Visibility } from '@blockwise/contracts';
import { setVisibilityOf, updateSearch } from '@blockwise/db';
import { checkedName } from '../checked-name.ts';
import { checkedTags } from '../checked-tags.ts';
import type { Context } from '../context.ts';
import { forbidden } from '../rights/refusals.ts';
import { subject } from '../rights/subject.ts';
import { builder } from './builder.ts';
import { VisibilityEnum } from './enums.ts';
import { decodeGlobalId } from './global-id.ts';
import { SearchObject } from './refs.ts';

const UpdateSearchInput = builder.inputType('UpdateSearchInput', {
  description: 'What is to change; what is left out stays.',
  fields: (t) => ({
    search: t.id({ required: true, description: 'Id of the search.' }),
    name: t.string({ description: 'Name for people, 1 to 100 characters.' }),
    tags: t.stringList({
      description: 'All its tags: up to 20 of 1 to 50 characters each.',
    }),
  }),
});

builder.mutationFields((t) => ({
  updateSearch: t.field({
    type: SearchObject,
    description:
      'Names a search anew or tags it, finished or not. Its specification, and what it found, stay.',
    args: {
      input: t.arg({ type: UpdateSearchInput, required: true, description: 'What changes.' }),
    },
    resolve: async (_root, { input: { search, name, tags } }, context) => {
      const { id } = await subject(context, 'Search', search, ['search']);
      return updateSearch(context.database, id, {
        name: name === null || name === undefined ? undefined : checkedName(name, ['name']),
        tags: checkedTags(tags),
      });
    },
  }),
  setVisibility: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description:
      'Says who may see a search, network, teacher, data set, search space or leaderboard, and ' +
      'answers it; null when you may not see it any more. Who made it may, and maintainers of its team.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of the object.' }),
      visibility: t.arg({
        type: VisibilityEnum,
        description:
          'Who may see it. Null, of a network, teacher or data set: whoever may see its search.',
      }),
    },
    resolve: async (_root, { id, visibility }, context) => {
      const { typename, id: row } = decodeGlobalId(id);
      if (!isKind(typename)) {
        throw new DomainError('BAD_INPUT', `A ${typename} has no visibility of its own.`, {
          path: ['id'],
        });
      }
      await mayDecide(context, typename, id);
      const changed = await set(typename, context, row, visibility ?? null);
      context.forget();
      return changed;
    },
  }),
}));

type Kind = keyof typeof setVisibilityOf;

function isKind(name: string): name is Kind {
  return Object.hasOwn(setVisibilityOf, name);
}

/** Throws DomainError NOT_FOUND, or FORBIDDEN for who neither made it nor maintains the team. */
async function mayDecide(context: Context, kind: Kind, id: string): Promise<void> {
  const row = await subject(context, kind, id, ['id']);
  const owner = 'teamId' in row ? row : await context.loaders.requireSearch(row.searchId);
  const { viewer } = context;
  const isMaker = owner.createdById === (viewer.principal?.userId ?? '');
  if (!isMaker && !viewer.isAtLeast(owner.teamId, 'MAINTAINER')) {
    throw forbidden('This takes who made it, or the role MAINTAINER in the team that owns it.');
  }
}

/** The row with the name of its type, by which the interface knows it. */
async function set(kind: Kind, { database }: Context, id: string, visibility: Visibility | null) {
  const row = await setVisibilityOf[kind](database, id, visibility);
  return { ...row, __typename: kind };
}
