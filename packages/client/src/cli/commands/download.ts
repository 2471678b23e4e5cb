import { enumName, exportFormats } from '@blockwise/contracts';
import type { Client } from '../../client.ts';
import { ClientError } from '../../client-error.ts';
import {
  type ExportDetailFragment,
  ExportNetworkDocument,
  ExportNodeDocument,
  ExportTeacherDocument,
  type JobDetailFragment,
  NodeKindDocument,
} from '../../generated/graphql.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { downloadVerified } from '../download/verified.ts';
import { checkWritable, writeArchive } from '../download/write-archive.ts';
import { flag } from '../flag.ts';
import { UsageError } from '../usage-error.ts';

/** How long between two looks at a job that makes files: seconds of work as a rule. */
const pauseMilliseconds = 250;

export const download = defineCommand({
  name: 'download',
  operands: ['ID'],
  told: "a network's weights, or the teacher of a search, as files for other software",
  flags: {
    format: flag.choice(exportFormats, 'which files'),
    out: flag.text('FOLDER', 'where they are written'),
    weights: flag.choice(
      ['trained', 'cut'],
      'of a network: trained (the default), or cut out of the supernets',
    ),
    training: flag.text('ID', 'of trained weights: which training (the best one)'),
    force: flag.on('overwrites files that are there already'),
  },
  async run(context, { format, out, weights, training, force = false }, id = '') {
    if (format === undefined) throw new UsageError(`download takes --format ${formats}.`);
    if (out === undefined) throw new UsageError('download takes --out FOLDER.');
    if (weights === 'cut' && training !== undefined) {
      throw new UsageError('download takes --training only of trained weights.');
    }
    if (!force) await checkWritable(out, format);
    const order = await ask(context.client, id, { weights, training });
    const { files } = await waitFor(context, order);
    const wanted = files.find((file) => file.format === enumName(format));
    if (wanted === undefined) {
      throw new ClientError('NOT_FOUND', `This API does not export ${format}.`);
    }
    const archive = await downloadVerified(context.client.url, wanted);
    for (const file of await writeArchive(archive, out, { force })) context.print(file);
    return 0;
  },
});

const formats = exportFormats.join('|');

type Order = ExportDetailFragment & { readonly job?: JobDetailFragment | null };

interface Chosen {
  readonly weights: 'trained' | 'cut' | undefined;
  readonly training: string | undefined;
}

/** Asks for the export of a network, or of a search's teacher. */
async function ask(client: Client, id: string, { weights, training }: Chosen): Promise<Order> {
  const { node } = await client.request(NodeKindDocument, { id });
  if (node?.__typename === 'Search') {
    if (weights !== undefined || training !== undefined) {
      throw new UsageError('--weights and --training are of networks; this is the id of a search.');
    }
    const { exportTeacher } = await client.request(ExportTeacherDocument, {
      input: { search: id },
    });
    return exportTeacher;
  }
  if (node?.__typename !== 'Network') {
    throw new ClientError('NOT_FOUND', `There is no network and no search ${id}.`);
  }
  const { exportNetwork } = await client.request(ExportNetworkDocument, {
    input: {
      network: id,
      weights: weights === 'cut' ? 'CUT' : 'TRAINED',
      retraining: training,
    },
  });
  return exportNetwork;
}

/** The export when a trainer has made its files. */
async function waitFor({ client }: CommandContext, order: Order): Promise<Order> {
  let row = order;
  for (;;) {
    if (row.files.length > 0) return row;
    const { job } = row;
    // Files and job are read one after the other: a job that has just ended may have files the next time.
    if (job?.state === 'FAILED' || job?.state === 'CANCELLED') {
      const { code, message } = job.failure ?? { code: 'CANCELLED', message: 'It was cancelled.' };
      throw new ClientError(code, message);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    const { node } = await client.request(ExportNodeDocument, { id: order.id });
    if (node?.__typename !== 'Export') {
      throw new ClientError('NOT_FOUND', `The export ${order.id} is gone.`);
    }
    row = node;
  }
}
