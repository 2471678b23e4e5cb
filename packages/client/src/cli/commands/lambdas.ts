import { FitLambdasDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { formatFlag, showRows } from '../rows.ts';

export const lambdas = defineCommand({
  name: 'lambdas',
  operands: ['AUDIT'],
  told: "block weights fitted on an audit's networks, with their cross-validated error",
  flags: {
    folds: flag.whole('N', 'parts of the cross-validation (one for each network up to 30)'),
    seed: flag.whole('N', 'seed of the random parts (0)'),
    ...formatFlag,
  },
  async run({ client, print }, { folds, seed, format }, id = '') {
    const { fitLambdas: fit } = await client.request(FitLambdasDocument, {
      audit: id,
      folds,
      seed,
    });
    const rows = [
      { weights: 'fitted', lambdas: fit.lambdas, ...fit.fitted },
      { weights: 'all 1', lambdas: fit.lambdas.map(() => 1), ...fit.equal },
    ];
    const columns = [
      { key: 'weights', of: ({ weights }: (typeof rows)[number]) => weights },
      { key: 'rmse', of: ({ rmse }: (typeof rows)[number]) => rmse },
      { key: 'tau', of: ({ tau }: (typeof rows)[number]) => tau },
      {
        key: 'lambdas',
        of: (row: (typeof rows)[number]) =>
          row.lambdas.map((lambda) => Number(lambda.toPrecision(4))).join(','),
      },
    ];
    print(showRows(rows, columns, format, fit));
    return 0;
  },
});
