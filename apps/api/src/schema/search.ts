import { blocksOf } from '../blocks.ts';
import { cachedSpace } from '../space-cache.ts';
import { shownSpec } from '../spec-input.ts';
import { builder } from './builder.ts';
import { SearchPriorityEnum, SearchStateEnum, VisibilityEnum } from './enums.ts';
import { rowId } from './global-id.ts';
import {
  BlockObject,
  DatasetObject,
  FailureObject,
  SearchObject,
  SearchSpaceObject,
  TeacherObject,
  TeamObject,
  UserObject,
} from './refs.ts';
import { SpaceObject } from './space.ts';
import { PhaseEnum } from './spec-enums.ts';

builder.node(SearchObject, {
  description: 'One run of the whole method: teacher, distillation, rating, solving, retraining.',
  id: { resolve: (search) => search.id },
  loadWithoutCache: (id, { loaders }) => loaders.search.load(id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name given by its owner.' }),
    tags: t.stringList({
      description: 'Words to find it by.',
      resolve: ({ tags }) => [...tags],
    }),
    state: t.expose('state', { type: SearchStateEnum, description: 'State of the search.' }),
    priority: t.expose('priority', {
      type: SearchPriorityEnum,
      description: "Whose jobs are handed out first: its own or other searches'.",
    }),
    phase: t.expose('phase', {
      type: PhaseEnum,
      nullable: true,
      description:
        'The earliest unfinished phase; of a failed or cancelled search the one it stopped in, ' +
        'of a complete one null.',
    }),
    failure: t.field({
      type: FailureObject,
      nullable: true,
      description: 'Why it failed.',
      resolve: (search) => search.failure,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its first job began.',
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it reached a final state.',
    }),
    spec: t.field({
      type: 'JSON',
      description: 'Everything needed to run it again, with all defaults filled in.',
      resolve: (search) => shownSpec(search.spec),
    }),
    space: t.field({
      type: SpaceObject,
      description: 'Its search space, whatever name or text the specification gives.',
      resolve: (search) => cachedSpace(search.spec.space),
    }),
    searchSpace: t.field({
      type: SearchSpaceObject,
      nullable: true,
      description:
        'The saved space that its own was taken from; null when it was not, or is deleted. That one ' +
        'may have changed since.',
      resolve: ({ searchSpaceId }, _args, { loaders }) =>
        searchSpaceId === null ? null : loaders.searchSpace.load(searchSpaceId),
    }),
    spaceSize: t.expose('spaceSize', {
      type: 'BigInt',
      description: 'Networks in its search space.',
    }),
    bestTop1: t.float({
      nullable: true,
      description:
        'Test accuracy of its best network that you may see, 0..1; null while none was tested.',
      resolve: ({ id }, _args, { loaders, viewer }) => loaders.bestTop1OfSearch(id, viewer.reader),
    }),
    gpuSeconds: t.float({
      description:
        'What slots of trainers have spent on it so far, seconds: all attempts at all its jobs, audits, ' +
        'exports and verifications included, those under way up to now. Slots that share a machine ' +
        'each count their own time, with a GPU or without.',
      resolve: ({ id }, _args, { loaders }) => loaders.secondsOfSearch.load(id),
    }),
    progress: t.float({
      description:
        'How much of its planned jobs it has behind it, 0..1: those that train (teacher, cells, ' +
        'networks) count ten times as much as the others; one under way counts by its own progress. ' +
        '1 of what is COMPLETE; what failed or was cancelled stays where it was.',
      resolve: ({ id }, _args, { loaders }) => loaders.progressOfSearch.load(id),
    }),
    visibility: t.expose('visibility', {
      type: VisibilityEnum,
      description: 'Who may see it, and what it finds.',
    }),
    createdBy: t.field({
      type: UserObject,
      nullable: true,
      description: 'Who started it; null when the account is gone.',
      resolve: ({ createdById }, _args, { loaders }) =>
        createdById === null ? null : loaders.user.load(createdById),
    }),
    team: t.field({
      type: TeamObject,
      description: 'The team it belongs to.',
      resolve: (search, _args, { loaders }) => loaders.requireTeam(search.teamId),
    }),
    dataset: t.field({
      type: DatasetObject,
      nullable: true,
      description: 'Its images; null until the teacher job has read them.',
      resolve: (search, _args, { loaders }) => loaders.dataset.load(search.id),
    }),
    teacher: t.field({
      type: TeacherObject,
      nullable: true,
      description: 'Its teacher; null until it is trained.',
      resolve: (search, _args, { loaders }) => loaders.teacher.load(search.id),
    }),
    blocks: t.field({
      type: [BlockObject],
      description: 'Blocks with their cells, in order.',
      resolve: async (search, _args, { loaders }) => {
        const cells = await loaders.cellsOfSearch.load(search.id);
        return blocksOf(search.id, cells);
      },
    }),
    cursor: t.string({
      description:
        'Cursor of its newest event when this was read: subscribe after it and miss nothing.',
      resolve: (search) => String(search.eventCursor),
    }),
  }),
});

builder.queryFields((t) => ({
  search: t.field({
    type: SearchObject,
    nullable: true,
    description: 'A search by its id, or null when there is none.',
    args: { id: t.arg.id({ required: true, description: 'Id of the search.' }) },
    resolve: (_root, args, { loaders }) => loaders.search.load(rowId(args.id, 'Search', ['id'])),
  }),
}));
