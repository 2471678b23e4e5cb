import type { ApiTypes } from './builder.ts';
import { optionalRowId } from './global-id.ts';

type Arguments = Pick<
  PothosSchemaTypes.QueryFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<ApiTypes>, object>,
  'arg'
>;

/** A search whose stored ratings are asked, and what they are weighted and measured with. */
export function ratedSearchArgs(t: Arguments) {
  return {
    search: t.arg.id({ required: true, description: 'Id of the search.' }),
    lambdas: t.arg.floatList({
      description:
        "Weight λ of each block's loss, one for every block; those of the specification if not given.",
    }),
    latencyTable: t.arg.id({
      description: 'Id of the latency table that counts; the newest measured one if not given.',
    }),
  };
}

/** The row of the argument `latencyTable`. Throws DomainError BAD_INPUT for another kind of id. */
export function latencyTableId(latencyTable: Parameters<typeof optionalRowId>[0]) {
  return optionalRowId(latencyTable, 'LatencyTable', ['latencyTable']);
}
