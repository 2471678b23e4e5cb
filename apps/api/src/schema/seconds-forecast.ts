import type { Seconds } from '../estimate/forecast.ts';
import { builder } from './builder.ts';

export const ForecastBasisEnum = builder.enumType('ForecastBasis', {
  description: 'What a forecast goes by.',
  values: {
    MEASURED: {
      description:
        'The last finished runs of the same kind and engine on this server: their median speed, and ' +
        'its quartiles for the bounds.',
    },
    DEFAULT: {
      description:
        'A speed of the engine from the benchmarks, because no such run has finished here: it may be ' +
        'off by a factor of three either way, on a GPU by more.',
    },
  } as const,
});

export const SecondsForecastObject = builder.objectRef<Seconds>('SecondsForecast').implement({
  description: 'How long something will take, as far as that can be told.',
  fields: (t) => ({
    low: t.exposeFloat('low', { description: 'Seconds if all goes well.' }),
    high: t.exposeFloat('high', { description: 'Seconds if all goes slowly.' }),
  }),
});

export function basisOf({ isMeasured }: { readonly isMeasured: boolean }): 'MEASURED' | 'DEFAULT' {
  return isMeasured ? 'MEASURED' : 'DEFAULT';
}
