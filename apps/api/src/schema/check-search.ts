import type { Phase } from '@blockwise/contracts';
import { type SearchSpace, type Shape, spaceSize } from '@blockwise/dna';
import { checkSearch, type SearchCheck, type SearchProblem } from '../check-search.ts';
import type { PhaseForecast } from '../estimate/forecast.ts';
import { builder } from './builder.ts';
import { CutObject } from './cut.ts';
import { ErrorCodeEnum } from './enums.ts';
import { basisOf, ForecastBasisEnum, SecondsForecastObject } from './seconds-forecast.ts';
import { blockFields, CostRangesObject, SpaceObject } from './space.ts';
import { PhaseEnum } from './spec-enums.ts';
import { searchInputFields } from './start-search.ts';

export const CheckSearchInput = builder.inputType('CheckSearchInput', {
  description: 'What to check: as `StartSearchInput`, without its key.',
  fields: searchInputFields,
});

const SearchProblemObject = builder.objectRef<SearchProblem>('SearchProblem').implement({
  description: 'Something that `startSearch` would refuse.',
  fields: (t) => ({
    path: t.stringList({
      description:
        'Place in the input, such as `["spec", "distil", "epochs"]`: what `extensions.path` of the ' +
        'error would be. Numbers are positions in lists, from 0. Empty where no field is at fault.',
      resolve: ({ path }) => path.map(String),
    }),
    code: t.expose('code', { type: ErrorCodeEnum, description: 'Code of the error.' }),
    message: t.exposeString('message', { description: 'What is wrong, for people.' }),
  }),
});

interface PlannedBlock {
  readonly space: SearchSpace;
  /** From 0. */
  readonly block: number;
  readonly input: Shape | null;
  readonly output: Shape | null;
}

const PlannedBlockObject = builder.objectRef<PlannedBlock>('PlannedBlock').implement({
  description: "A block of a space beside the teacher's, which its cells learn from.",
  fields: (t) => ({
    ...blockFields(t),
    input: t.expose('input', {
      type: CutObject,
      nullable: true,
      description:
        "The teacher's feature map before the block; null while it is not known, or the teacher has " +
        'no such block.',
    }),
    output: t.expose('output', {
      type: CutObject,
      nullable: true,
      description: "The teacher's feature map after the block; null as `input`.",
    }),
  }),
});

interface PhasePlan {
  readonly phase: Phase;
  readonly jobs: number;
  readonly forecast: PhaseForecast | null;
}

const PhasePlanObject = builder.objectRef<PhasePlan>('PhasePlan').implement({
  description: 'What a phase of a search would take.',
  fields: (t) => ({
    phase: t.expose('phase', { type: PhaseEnum, description: 'The phase.' }),
    jobs: t.exposeInt('jobs', { description: 'Its jobs, if nothing goes wrong.' }),
    seconds: t.field({
      type: SecondsForecastObject,
      nullable: true,
      description:
        'Of all its jobs together: what slots of trainers spend. Null as `SearchCheck.seconds`.',
      resolve: ({ forecast }) => forecast?.seconds ?? null,
    }),
    basis: t.field({
      type: ForecastBasisEnum,
      nullable: true,
      description: 'What `seconds` goes by.',
      resolve: ({ forecast }) => forecast && basisOf(forecast),
    }),
  }),
});

const secondsMissing =
  'Null where it cannot be told: a folder that no search of yours has read yet, a teacher that only ' +
  'a trainer can read, cells that do not fit, a specification that is no such thing.';

const SearchCheckObject = builder.objectRef<SearchCheck>('SearchCheck').implement({
  description: 'What `startSearch` would say of an input, and what the search would take.',
  fields: (t) => ({
    problems: t.field({
      type: [SearchProblemObject],
      description:
        'Everything it would refuse, in its order; empty where it would start. Constraints, cells ' +
        'and networks are looked at when the rest can be read.',
      resolve: ({ problems }) => [...problems],
    }),
    space: t.field({
      type: SpaceObject,
      nullable: true,
      description: 'The space; null when it cannot be read.',
      resolve: ({ space }) => space,
    }),
    spaceSize: t.field({
      type: 'BigInt',
      nullable: true,
      description: 'Networks in the space, exactly; null when it cannot be read.',
      resolve: ({ space }) => space && spaceSize(space),
    }),
    blocks: t.field({
      type: [PlannedBlockObject],
      description: "Its blocks, each beside the teacher's; empty when the space cannot be read.",
      resolve: ({ space, cuts }) =>
        (space?.blocks ?? []).map((_, block) => ({
          ...{ space: space as SearchSpace, block },
          input: cuts?.[block] ?? null,
          output: cuts?.[block + 1] ?? null,
        })),
    }),
    cuts: t.field({
      type: [CutObject],
      nullable: true,
      description:
        "The teacher's feature maps, after its stem and after every block, also where it has more or " +
        'fewer blocks than the space; null while they are not known.',
      resolve: ({ cuts }) => cuts && [...cuts],
    }),
    costs: t.field({
      type: CostRangesObject,
      nullable: true,
      description:
        'What networks of the space cost, constraints aside; null while size and classes of the ' +
        'images are not known.',
      resolve: ({ costs }) => costs,
    }),
    phases: t.field({
      type: [PhasePlanObject],
      description:
        'The phases that the search would have, in order; empty when specification or space cannot ' +
        'be read.',
      resolve: ({ jobs, forecast }) =>
        (jobs ?? []).map(({ phase, jobs: count }) => ({
          ...{ phase, jobs: count },
          forecast: forecast?.phases.find((each) => each.phase === phase) ?? null,
        })),
    }),
    gpuSeconds: t.field({
      type: SecondsForecastObject,
      nullable: true,
      description: `What slots of trainers would spend on it all together. ${secondsMissing}`,
      resolve: ({ forecast }) => forecast?.computing ?? null,
    }),
    seconds: t.field({
      type: SecondsForecastObject,
      nullable: true,
      description:
        'From begin to end on the trainers that are there now (on one with one slot while there is ' +
        `none), if nothing else waits. ${secondsMissing}`,
      resolve: ({ forecast }) => forecast?.lasting ?? null,
    }),
    basis: t.field({
      type: ForecastBasisEnum,
      nullable: true,
      description: 'What the forecast goes by: MEASURED where every phase is.',
      resolve: ({ forecast }) => forecast && basisOf(forecast),
    }),
  }),
});

builder.queryField('checkSearch', (t) =>
  t.field({
    type: SearchCheckObject,
    description:
      'Checks an input as `startSearch` does, without storing anything, and forecasts what the search ' +
      'would take: multiply-accumulates times images and steps, three times for training, by the ' +
      'speed of finished runs.',
    args: {
      input: t.arg({ type: CheckSearchInput, required: true, description: 'What to check.' }),
    },
    resolve: (_root, { input }, context) => checkSearch(input, context),
  }),
);
