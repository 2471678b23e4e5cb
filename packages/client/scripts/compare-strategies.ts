/**
 * Two questions to the method, on an image folder, over several seeds: is a found network better
 * than networks drawn at random with the same macs and trained by the same recipe, and does `dna`
 * find better ones than `s1` and `s2`? Needs a running platform (`npm start`). Every search and
 * audit has an idempotency key, so that a second call goes on where the first one was stopped.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { presets, type SearchSpecInput } from '@blockwise/contracts';
import {
  AuditNetworksDocument,
  type Client,
  createClient,
  readSearch,
  StartAuditDocument,
  StartSearchDocument,
  toSearchSpecInput,
  watchSearch,
} from '../src/index.ts';

const { values: flags } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4000/graphql' },
    data: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    strategies: { type: 'string', default: 'dna,s1,s2' },
    /** Networks drawn at random for every seed; an audit has four at least. */
    random: { type: 'string', default: '4' },
    space: { type: 'string', default: 'small-32' },
    'macs-max': { type: 'string', default: '8000000' },
    'teacher-epochs': { type: 'string', default: '14' },
    'distil-epochs': { type: 'string', default: '4' },
    epochs: { type: 'string', default: '8' },
    /** Tells the keys of one comparison from another's. */
    label: { type: 'string', default: 'compare' },
  },
});
if (flags.data === undefined) throw new Error('--data FOLDER is needed.');
const folder = path.resolve(flags.data);
const strategies = flags.strategies.split(',') as ('dna' | 's1' | 's2')[];
const training = { recipe: 'small@1', epochs: Number(flags.epochs) } as const;
/** How far the macs of a random network may be from those of the found one. */
const macsTolerance = 0.03;

interface Found {
  readonly strategy: string;
  readonly seed: number;
  readonly top1: number;
  readonly macs: number;
  readonly random: readonly number[];
}

const client = createClient({ url: flags.url, token: process.env.BLOCKWISE_TOKEN });
const found: Found[] = [];
let teacherSearch: string | undefined;
for (let seed = 1; seed <= Number(flags.seeds); seed++) {
  for (const strategy of strategies) {
    const search = await finished(client, specOf(strategy, seed, teacherSearch));
    teacherSearch ??= search.id;
    const [network] = search.networks;
    if (network?.top1 == null) throw new Error(`${search.name} tested no network.`);
    const macs = Number(network.macs);
    // The same random networks serve every strategy of a seed.
    const random = strategy === 'dna' ? await randomNetworks(client, search.id, seed, macs) : [];
    found.push({ strategy, seed, top1: network.top1, macs, random });
    console.log(row(found.at(-1) as Found));
  }
}
await client.close();
summarise(found);

function specOf(
  strategy: 'dna' | 's1' | 's2',
  seed: number,
  teacherOf: string | undefined,
): SearchSpecInput {
  const preset = presets.cifar10(folder);
  const { teacher } = preset;
  if (teacher.kind !== 'train') throw new Error('the preset trains its teacher');
  return {
    ...preset,
    space: flags.space,
    name: `${flags.label} ${strategy} ${seed}`,
    seed,
    // One teacher for all, so that only the strategy and the seed differ.
    teacher:
      teacherOf === undefined
        ? { ...teacher, training: { ...teacher.training, epochs: Number(flags['teacher-epochs']) } }
        : { kind: 'search', searchId: teacherOf },
    distil: { ...preset.distil, strategy, epochs: Number(flags['distil-epochs']) },
    constraints: { macs: { max: Number(flags['macs-max']) } },
    retrain: { networks: 1, ...training },
  };
}

async function finished(api: Client, spec: SearchSpecInput) {
  const { startSearch } = await api.request(StartSearchDocument, {
    input: { spec: toSearchSpecInput(spec), idempotencyKey: spec.name },
  });
  for await (const _event of watchSearch(api, startSearch.id)) {
    // The end of the events is the end of the search.
  }
  const search = await readSearch(api, startSearch.id);
  if (search?.state !== 'COMPLETE') throw new Error(`${spec.name} ended as ${search?.state}.`);
  return search;
}

async function randomNetworks(api: Client, search: string, seed: number, macs: number) {
  const { startAudit } = await api.request(StartAuditDocument, {
    input: {
      search,
      idempotencyKey: `${flags.label} random ${seed}`,
      spec: {
        name: `random networks of equal macs, seed ${seed}`,
        networks: Number(flags.random),
        seed,
        macs: { min: macs * (1 - macsTolerance), max: macs * (1 + macsTolerance) },
        training,
      },
    },
  });
  for (;;) {
    const { audit } = await api.request(AuditNetworksDocument, { id: startAudit.id });
    if (audit?.state === 'COMPLETE') {
      return audit.networks.map(({ top1 }) => top1).filter((top1) => top1 != null);
    }
    if (audit?.state === 'FAILED' || audit?.state === 'CANCELLED') {
      throw new Error(`The audit of seed ${seed} ended as ${audit.state}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

function row({ strategy, seed, top1, macs, random }: Found): string {
  const others = random.length === 0 ? '' : `  random ${random.map(percent).join(' ')}`;
  return `${strategy.padEnd(4)} seed ${seed}  ${percent(top1)}  ${macs} macs${others}`;
}

function summarise(all: readonly Found[]): void {
  for (const strategy of strategies) {
    const values = all.filter((one) => one.strategy === strategy).map(({ top1 }) => top1);
    console.log(`${strategy.padEnd(6)} ${meanAndDeviation(values)}`);
  }
  const random = all.flatMap((one) => one.random);
  if (random.length > 0) console.log(`random ${meanAndDeviation(random)}`);
}

function meanAndDeviation(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
  return `${percent(mean)} ± ${percent(deviation)} (${values.length} networks)`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
