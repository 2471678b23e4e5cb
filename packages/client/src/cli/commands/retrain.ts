import {
  type NetworkChoiceInput,
  NetworkNodesDocument,
  RetrainNetworksDocument,
} from '../../generated/graphql.ts';
import { budgetFlags, budgetsOf } from '../budget-flags.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { networkColumns } from '../network-columns.ts';
import { formatFlag, showRows } from '../rows.ts';
import { trainingFlags, trainingOf } from '../training-flags.ts';
import { UsageError } from '../usage-error.ts';
import { requireSearch, watchJobs } from '../watch.ts';

export const retrain = defineCommand({
  name: 'retrain',
  operands: ['ID'],
  told: "trains and tests networks of a complete search's space",
  flags: {
    encoding: flag.texts('TEXT', 'a network as solve prints it; may be repeated'),
    architecture: flag.texts('TEXT', 'a network in the grammar; may be repeated'),
    best: flag.whole('K', 'the best K networks under the budgets'),
    'min-distance': flag.whole('D', 'of --best: layers in which any two differ at least (0)'),
    lambdas: flag.numbers('X', "of --best: weight of each block's loss (the specification's)"),
    table: flag.text('ID', 'of --best: latency table (the newest measured one)'),
    key: flag.text('TEXT', 'idempotency key: starts nothing twice'),
    watch: flag.on('prints what happens, then the networks with their accuracy'),
    ...formatFlag,
  },
  moreFlags: [budgetFlags, trainingFlags],
  async run(context, { key, watch, format, ...chosen }, id = '') {
    const { client, print, given } = context;
    const networks = choiceOf(chosen, given);
    const { cursor } = await requireSearch(client, id);
    const { retrainNetworks } = await client.request(RetrainNetworksDocument, {
      input: { search: id, networks, training: trainingOf(given), idempotencyKey: key },
    });
    if (!watch) {
      print(showRows(retrainNetworks, networkColumns, format));
      return 0;
    }
    const jobs = retrainNetworks.flatMap(({ retrainings }) =>
      retrainings.flatMap(({ job }) => (job === null ? [] : [job.id])),
    );
    const status = await watchJobs(context, { search: id, after: cursor }, jobs);
    const ids = retrainNetworks.map((network) => network.id);
    const { nodes } = await client.request(NetworkNodesDocument, { ids });
    const tested = nodes.filter((node) => node?.__typename === 'Network');
    print(showRows(tested, networkColumns, format));
    return status;
  },
});

interface Chosen {
  readonly encoding?: string[];
  readonly architecture?: string[];
  readonly best?: number;
  readonly 'min-distance'?: number;
  readonly lambdas?: number[];
  readonly table?: string;
}

function choiceOf(
  { encoding, architecture, best, lambdas, table, 'min-distance': minDistance }: Chosen,
  given: Readonly<Record<string, unknown>>,
): NetworkChoiceInput {
  const choices: NetworkChoiceInput[] = [
    ...(encoding === undefined ? [] : [{ encodings: encoding }]),
    ...(architecture === undefined ? [] : [{ architectures: architecture }]),
    ...(best === undefined
      ? []
      : [
          {
            best: {
              networks: best,
              constraints: budgetsOf(given),
              minDistance,
              lambdas,
              latencyTable: table,
            },
          },
        ]),
  ];
  const [choice, ...more] = choices;
  if (choice === undefined || more.length > 0) {
    throw new UsageError('retrain takes one of --encoding, --architecture and --best.');
  }
  return choice;
}
