import type { Client } from '../../client.ts';
import { ClientError } from '../../client-error.ts';
import { CutWeightsDocument, NetworkNodeDocument } from '../../generated/graphql.ts';
import { defineCommand } from '../command.ts';
import { flag } from '../flag.ts';
import { watchJobs } from '../watch.ts';

export const cut = defineCommand({
  name: 'cut',
  operands: ['NETWORK'],
  told: "cuts a network's weights out of the supernets, and prints the job's id",
  flags: { watch: flag.on('prints what happens, then the accuracy and the hash of the weights') },
  async run(context, { watch }, id = '') {
    const { client, print } = context;
    const { search } = await readNetwork(context.client, id);
    if (!search) throw new ClientError('NOT_FOUND', `The search of ${id} is not yours to see.`);
    const { cutWeights } = await client.request(CutWeightsDocument, { input: { network: id } });
    print(cutWeights.id);
    if (!watch) return 0;
    if (cutWeights.state !== 'COMPLETE') {
      const status = await watchJobs(context, { search: search.id, after: search.cursor }, [
        cutWeights.id,
      ]);
      if (status !== 0) return status;
    }
    const { cut: weights } = await readNetwork(client, id);
    print(JSON.stringify(weights, undefined, 2));
    return 0;
  },
});

async function readNetwork(client: Client, id: string) {
  const { node } = await client.request(NetworkNodeDocument, { id });
  if (node?.__typename === 'Network') return node;
  throw new ClientError('NOT_FOUND', `There is no network ${id}.`);
}
