import { FloatBounds, numberBounds, WholeBounds } from './bounds.ts';
import { builder } from './builder.ts';
import { JobStateEnum, NetworkOriginEnum } from './enums.ts';
import { orderInput } from './order-input.ts';
import { connectionOf, ownedConnection, pageArgs } from './paging.ts';
import { NetworkObject, SearchObject } from './refs.ts';

const NetworkConnection = connectionOf('Network', NetworkObject);

const whole = 'Only within these bounds.';
const known = 'Only within these bounds, and only networks of which it is known.';

const NetworkFilter = builder.inputType('NetworkFilter', {
  description: 'Which networks of a search: those that satisfy all of it.',
  fields: (t) => ({
    states: t.field({
      type: [JobStateEnum],
      description: 'Whose trainings together are in one of these states.',
    }),
    loss: t.field({ type: FloatBounds, description: whole }),
    top1: t.field({ type: FloatBounds, description: known }),
    params: t.field({ type: WholeBounds, description: whole }),
    macs: t.field({ type: WholeBounds, description: whole }),
    flopsTool: t.field({ type: WholeBounds, description: whole }),
    activationBytes: t.field({ type: WholeBounds, description: known }),
    latencyMs: t.field({ type: FloatBounds, description: known }),
  }),
});

/** The filter in the terms of stored networks. */
function toNetworkFilter(filter: typeof NetworkFilter.$inferInput | null | undefined) {
  const { params, macs, flopsTool, activationBytes, ...rest } = filter ?? {};
  return {
    ...rest,
    params: numberBounds(params),
    macs: numberBounds(macs),
    flopsTool: numberBounds(flopsTool),
    activationBytes: numberBounds(activationBytes),
  };
}

const NetworkOrder = orderInput('Network', 'networks of a search', {
  RANK:
    'SOLVED ones predicted best first, others in the order in which they were asked for, ' +
    'together ones by macs. ASC if no direction is given.',
  LOSS: 'Predicted loss; ASC if no direction is given.',
  TOP1: 'Test accuracy, untested ones last; DESC if no direction is given.',
  PARAMS: 'Learnable scalars; ASC if no direction is given.',
  MACS: 'Multiply-accumulates per image; ASC if no direction is given.',
  CREATED_AT: 'When they were made; DESC if no direction is given.',
});

builder.objectField(SearchObject, 'networks', (t) =>
  t.field({
    type: NetworkConnection,
    description:
      'Its networks of one origin: the SOLVED ones predicted best first, empty until it is solved, ' +
      'if nothing else is asked for.',
    args: {
      origin: t.arg({
        type: NetworkOriginEnum,
        required: true,
        defaultValue: 'SOLVED',
        description: 'Why they are there.',
      }),
      filter: t.arg({ type: NetworkFilter, description: 'Which of them.' }),
      orderBy: t.arg({ type: NetworkOrder, description: 'Sorting; by rank if not given.' }),
      ...pageArgs(t, 20),
    },
    resolve: ({ id }, { origin, filter, ...page }, { loaders, viewer: { reader } }) =>
      ownedConnection(
        loaders.networksOfSearch,
        id,
        { ...page, filter: { ...toNetworkFilter(filter), origin, reader } },
        20,
      ),
  }),
);
