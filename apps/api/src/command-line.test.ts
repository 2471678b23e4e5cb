import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { presets, searchSpec } from '@blockwise/contracts';
import { takeAttempt } from '@blockwise/db/testing';
import { printEncoding, spaceOf, spaceToFile } from '@blockwise/dna';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyNetwork } from './testing/every-network.ts';
import { type Data, startTestApi, type TestApi } from './testing/test-api.ts';
import {
  playCut,
  playExport,
  playLatency,
  playRetrain,
  playThrough,
  startSearch,
  testLatency,
  testLoss,
} from './testing/test-search.ts';

const main = fileURLToPath(new URL('../../../packages/client/src/cli/main.ts', import.meta.url));

const rankingFixture = new URL(
  '../../../packages/dna/src/statistics/ranking.fixture.json',
  import.meta.url,
);

/* The command line as people type it, against a real server. */
let api: TestApi;
let search: string;
let folder: string;

beforeAll(async () => {
  api = await startTestApi();
  search = await startSearch(api);
  await playThrough(api.platform, 'retrain');
  folder = await mkdtemp(path.join(tmpdir(), 'blockwise-command-line-'));
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function blockwise(...args: string[]): Promise<Ended> {
  const env = { ...process.env, BLOCKWISE_URL: api.server.url, BLOCKWISE_TOKEN: api.token };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env }, (error, stdout, stderr) => {
      const status = error === null ? 0 : Number(error.code);
      resolve({ status, stdout: stdout.trimEnd(), stderr: stderr.trimEnd() });
    });
  });
}

/** The answer of a command that must succeed. */
async function told(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await blockwise(...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

async function json(...args: string[]): Promise<Data> {
  return JSON.parse(await told(...args, '--format', 'json'));
}

describe('without a search', () => {
  it('shows spaces, networks and recipes', async () => {
    const [spaces, space, networks, network, recipes, recipe] = await Promise.all([
      told('spaces'),
      told('space', 'dna-multi'),
      told('networks', '--format', 'csv'),
      json('networks', 'dna_a'),
      told('recipes'),
      told('recipes', 'dna-2020-authors@1'),
    ]);
    expect(spaces).toMatch(/dna-multi +224 +195,898,498,887,057,408 +16 +23,046/);
    expect(space).toContain('195,898,498,887,057,408 networks');
    expect(space).toMatch(/macs +193,090,192 +620,836,000/);
    expect(networks).toMatch(/^tf_efficientnet_b7,66347960,/m);
    expect(network).toMatchObject({ params: '4243318', flopsTool: '348161054' });
    expect(recipes).toContain('timm-modern@1');
    expect(recipe).toMatch(/^batch +4,096$/m);
  });

  it('reads and writes spaces as files', async () => {
    const file = path.join(folder, 'mine.yaml');
    await writeFile(file, spaceToFile(spaceOf('small-64'), 'yaml'));
    const [text, back, wrong] = await Promise.all([
      told('space', file, '--as', 'text'),
      told('space', 'small-64', '--as', 'text'),
      blockwise('space', path.join(folder, 'none.yaml')),
    ]);
    expect(text).toBe(back);
    expect(wrong).toMatchObject({ status: 2, stdout: '' });
    expect(wrong.stderr.split('\n')).toHaveLength(1);
  });
});

describe('a search', () => {
  it('starts from a file with changes, and shows its specification as it was sent', async () => {
    const file = path.join(folder, 'spec.json');
    await writeFile(file, JSON.stringify(presets.demo()));
    const space = path.join(folder, 'space.json');
    await writeFile(space, spaceToFile(spaceOf(presets.demo().space), 'json'));
    const flags = ['--spec', file, '--space', space, '--name', 'mine'];
    const changes = ['distil.strategy=s2', 'retrain.seeds=2', 'solve.lambdas=[1, 2, 1]'];
    const sets = changes.flatMap((change) => ['--set', change]);
    const id = await told('start', ...flags, ...sets, '--key', 'once');
    expect(await told('start', ...flags, ...sets, '--key', 'once')).toBe(id);
    const { spec, state } = await json('export', id);
    const demo = presets.demo();
    expect(state).toBe('QUEUED');
    expect(spec).toEqual(
      searchSpec.parse({
        ...demo,
        name: 'mine',
        space: spec.space,
        distil: { ...demo.distil, strategy: 's2' },
        retrain: { ...demo.retrain, seeds: 2 },
        solve: { lambdas: [1, 2, 1] },
      }),
    );
    expect(spaceOf(spec.space)).toEqual(spaceOf(demo.space));
    expect(await told('pause', id)).toBe('PAUSED');
    expect(await told('resume', id)).toBe('QUEUED');
    expect(await told('cancel', id)).toBe('CANCELLED');
    expect((await blockwise('pause', id)).stderr).toMatch(/^CONFLICT: /);
    const listed = await told('searches');
    expect(listed).toMatch(/^mine +CANCELLED/m);
  });

  it('goes on after its failed job is tried again', async () => {
    const id = await startSearch(api);
    const attempt = await takeAttempt(api.platform, 'teacher');
    await attempt.fail({ code: 'DIVERGED', message: 'NaN' }, { retry: false });
    const [job] = (await json('export', id)).jobs;
    expect(await told('retry', job.id)).toBe('QUEUED');
    expect(await json('export', id)).toMatchObject({ state: 'RUNNING', failure: null });
    expect((await blockwise('retry', job.id)).stderr).toMatch(/^CONFLICT: /);
    expect(await told('cancel', id)).toBe('CANCELLED');
  });

  it('is refused in one line, with the code and the field', async () => {
    const ended = await blockwise('start', '--preset', 'demo', '--set', 'distil.epochs=[1, 2]');
    expect(ended).toEqual({
      status: 1,
      stdout: '',
      stderr: 'SPEC_INVALID: 2 numbers of epochs are given for 3 blocks. (spec.distil.epochs)',
    });
  });

  it('is watched to its end', async () => {
    const lines = (await told('watch', search)).split('\n');
    expect(lines.filter((line) => line.includes('network tested'))).toHaveLength(2);
    expect(lines.findLast((line) => line.includes('  search '))).toContain('search complete');
    expect(lines.at(-1)).toContain('verify complete');
  });

  it('is solved and its front drawn, for people and for machines', async () => {
    const all = everyNetwork();
    const macs = all.map((network) => network.macs).sort((a, b) => a - b);
    const max = macs[50] ?? 0;
    const [table, csv, front] = await Promise.all([
      told('solve', search, '--macs-max', String(max), '--networks', '3'),
      told('solve', search, '--macs-max', String(max), '--networks', '1', '--format', 'csv'),
      json('pareto', search, '--x', 'params', '--y', 'macs'),
    ]);
    const best = all
      .filter((network) => network.macs <= max)
      .sort((a, b) => a.loss - b.loss)
      .slice(0, 3);
    for (const { choices } of best) expect(table).toContain(printEncoding(choices));
    expect(csv.split('\n')).toHaveLength(2);
    expect(csv).toContain(`,${best[0]?.macs},`);
    expect(front.count).toBe(front.architectures.length);
    const none = await blockwise('solve', search, '--params-max', '5');
    expect(none).toMatchObject({ status: 1, stdout: '' });
    expect(none.stderr).toMatch(/^INFEASIBLE: .* \(constraints\.params\.max\)$/);
  });

  it('has networks retrained and cut, and a table measured, while the command waits', async () => {
    const [first, second] = everyNetwork();
    const encodings = [first, second].map((network) => printEncoding(network?.choices ?? []));
    const waiting = blockwise(
      'retrain',
      search,
      ...encodings.flatMap((encoding) => ['--encoding', encoding]),
      ...['--recipe', 'timm-modern@1', '--epochs', '1', '--batch', '8', '--watch'],
    );
    await queued('retrain');
    await playRetrain(api.platform, 0.3);
    await playRetrain(api.platform, 0.5);
    const { status, stdout } = await waiting;
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.some((line) => line.includes('network tested: top-1 0.3'))).toBe(true);
    expect(lines.at(-2)).toMatch(/^REQUESTED +– +0\.3 /);
    expect(lines.at(-1)).toMatch(/^REQUESTED +– +0\.5 /);
    for (const encoding of encodings) expect(stdout).toContain(encoding);

    const { networks } = await json('export', search);
    const cutting = blockwise('cut', networks[0].id, '--watch');
    await queued('cut');
    await playCut(api.platform, 0.25);
    expect(await cutting).toMatchObject({ status: 0, stdout: expect.stringContaining('0.25') });

    const job = await told('cut', networks[1].id);
    expect(await told('cancel', job)).toBe('CANCELLED');
    const table = await told('latency', search, '--repeats', '5', '--key', 'table');
    const { latencyTables } = await json('export', search);
    expect(latencyTables).toMatchObject([{ id: table, engine: null }]);
    await playLatency(api.platform);
    const measured = await told('latency', search, '--repeats', '5', '--key', 'table');
    const [id, header, ...layers] = measured.split('\n');
    expect(id).toBe(table);
    expect(header).toMatch(/^layer +milliseconds$/);
    expect(layers).toHaveLength(Object.keys(testLatency.milliseconds).length);
    const bounds = ['--latency-max', '1000', '--table', table];
    expect(await told('retrain', search, '--best', '1', ...bounds)).toMatch(/^REQUESTED/m);
    await playRetrain(api.platform, 0.4);
  });

  it('gives its networks as files, verified, while the command waits', async () => {
    const { networks } = await json('export', search);
    const [{ id, retrainings }] = networks;
    const out = path.join(folder, 'files');
    const waiting = blockwise('download', id, '--format', 'onnx', '--out', out);
    await queued('export');
    await playExport(api);
    const written = path.join(out, 'network.txt');
    expect(await waiting).toEqual({ status: 0, stdout: written, stderr: '' });
    expect(await readFile(written, 'utf8')).toMatch(/^onnx of [0-9a-f]{64}$/);
    // It is there already, so nobody computes again.
    const flags = ['--out', out, '--training', retrainings[0].id];
    const again = await blockwise('download', id, '--format', 'tfjs', ...flags);
    expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('--force') });
    await told('download', id, '--format', 'tfjs', ...flags, '--force');
    expect(await readFile(written, 'utf8')).toMatch(/^tfjs of/);

    const teacher = blockwise('download', search, '--format', 'pytorch', '--out', out, '--force');
    await queued('export');
    const attempt = await takeAttempt(api.platform, 'export');
    const failure = { code: 'ARTIFACT_MISSING', message: 'The weights are gone.' } as const;
    await attempt.fail(failure, { retry: false });
    expect(await teacher).toEqual({
      ...{ status: 1, stdout: '' },
      stderr: 'ARTIFACT_MISSING: The weights are gone.',
    });
    const uncut = networks[1].id;
    const none = await blockwise(
      'download',
      uncut,
      '--format',
      'onnx',
      '--out',
      out,
      '--weights',
      'cut',
    );
    expect(none).toMatchObject({ status: 1, stderr: expect.stringMatching(/^NOT_READY: /) });
  });

  it('is audited while the command waits, and the report is for people and for machines', async () => {
    const waiting = blockwise(
      'audit',
      search,
      ...['--networks', '6', '--name', 'mine', '--recipe', 'small@1', '--epochs', '1', '--watch'],
    );
    for (let i = 0; i < 6; i++) {
      await queued('retrain');
      await playRetrain(api.platform, ({ loss }) => 1 - loss / 10);
    }
    const { status, stdout } = await waiting;
    expect(status).toBe(0);
    const [audit = ''] = stdout.split('\n');
    expect(stdout).toContain('audit complete');
    expect(stdout).toMatch(/^PREDICTED +1\.0000 \[1\.0000, 1\.0000\]/m);
    expect(stdout).toMatch(/Random search: the search cost as much as training \d+ networks/);
    const [report, csv, fit] = await Promise.all([
      json('audit-report', audit, '--slices', '2', '--fixed', 'flops-tool'),
      told('audit-report', audit, '--format', 'csv'),
      told('lambdas', audit),
    ]);
    expect(report).toMatchObject({
      name: 'mine',
      state: 'COMPLETE',
      report: { networks: 6, fixed: 'FLOPS_TOOL', slices: [{ networks: 3 }, { networks: 3 }] },
    });
    expect(csv).toMatch(/^PREDICTED,kendall,1,1,1$/m);
    expect(stdout).toMatch(/^AUDIT +– .*small@1 +epochs \d+→1 +SCRATCH/m);
    const rows = (await told('export', audit, '--format', 'csv')).split('\n');
    expect(rows).toHaveLength(7);
    expect(rows[1]).toMatch(/^AUDIT,,.*,small@1,epochs \d+→1,SCRATCH,/);
    expect(fit).toMatch(/^fitted +/m);
  });

  it('shows the candidates of a cell, a page at a time', async () => {
    const { blocks } = await json('export', search);
    const [cell] = blocks[1].cells;
    const [table, csv] = await Promise.all([
      told('candidates', cell.id, '--first', '4'),
      told('candidates', cell.id, '--sort', 'macs', '--descending', '--format', 'csv'),
    ]);
    const losses = Array.from({ length: 9 }, (_, index) => testLoss(1, 0, index));
    const lines = table.split('\n');
    expect(lines[0]).toMatch(/^rank +path +loss +low +high +kl +top1/);
    expect(lines[1]).toContain(` ${Math.min(...losses)} `);
    const cursor = lines.at(-1)?.match(/^4 of 9; go on with --after (\S+)$/)?.[1] ?? '';
    const rest = await told('candidates', cell.id, '--first', '10', '--after', cursor);
    expect(rest.split('\n')).toHaveLength(6);
    const macs = csv
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[8]));
    expect(macs).toHaveLength(9);
    expect(macs).toEqual(macs.toSorted((a, b) => b - a));
  });

  it('enters its networks in the leaderboard, with their training', async () => {
    const board = await told('leaderboard', '--format', 'csv');
    const [header, first] = board.split('\n');
    expect(header).toMatch(
      /^rank,top1,top1Deviation,state,verifiedTop1,teacherTop1,params,macs,recipe,differences/,
    );
    expect(first).toMatch(
      /^1,0?\.?\d+,,VERIF\w+,[\d.]*,0\.8,\d+,\d+,small@1,"epochs \d+→1, batch \d+→8/,
    );
  });

  it('exports its networks as csv', async () => {
    const [header, ...rows] = (await told('export', search, '--format', 'csv')).split('\n');
    expect(header).toContain('predictedRank,top1,top1Deviation,loss,params,macs');
    expect(rows[0]).toMatch(/^SOLVED,1,0\.6,,/);
  });
});

describe('a table of the published ranking experiment', () => {
  it('is reported on', async () => {
    const { networks }: Data = JSON.parse(await readFile(rankingFixture, 'utf8'));
    const file = path.join(folder, 'ranking.csv');
    const rows = networks.map(({ dnaRank, top1, encoding }: Data) =>
      [dnaRank, top1, encoding].join(','),
    );
    await writeFile(file, ['predicted,accuracy,encoding', ...rows].join('\n'));
    const flags = ['--table', file, '--space', 'dna-rank4', '--fixed', 'flops-tool'];
    const table = await told('audit-report', ...flags, '--ranges', '380e6:420e6');
    expect(table).toMatch(/^PREDICTED +0\.6522 \[.*\] +0\.8251 \[.*\]/m);
    expect(table).toMatch(/^PARAMS +0\.7075 \[.*\] +0\.8686 \[.*\]/m);
    expect(table).toMatch(/^FLOPS_TOOL +0\.7549 \[.*\] +0\.9032 \[.*\]/m);
    expect(table).toMatch(/^380,000,000 +420,000,000 +10 +-0\.0[0-9]+/m);
  });
});

describe('what does not make sense', () => {
  it.each([
    [['retrain', 'x'], 2, /takes one of --encoding/],
    [['retrain', 'x', '--best', '1', '--encoding', '1:0'], 2, /takes one of/],
    [['cancel', 'seven'], 1, /^BAD_INPUT: .*\(id\)$/],
    [['recipes', 'mine@1'], 1, /^NOT_FOUND: /],
    [['audit', 'x', '--macs-min', '5'], 2, /--macs-min only together with --macs-max/],
    [['download', 'x', '--out', 'y'], 2, /download takes --format architecture\|safetensors/],
    [['download', 'x', '--format', 'onnx'], 2, /download takes --out FOLDER/],
    [['download', 'x', '--format', 'onnx', '--out', 'y'], 1, /^BAD_INPUT: /],
    [['audit-report'], 2, /takes the id of an audit, or --table FILE/],
    [['audit-report', '--table', 'x.csv', '--ranges', '5'], 2, /--ranges takes MIN:MAX, not 5/],
    [['searches', '--url', 'http://127.0.0.1:9/graphql'], 1, /^UNREACHABLE: /],
  ])('%j ends with a line on stderr', async (args, status, line) => {
    const ended = await blockwise(...args);
    expect(ended).toMatchObject({ status, stdout: '' });
    expect(ended.stderr).toMatch(line);
    expect(ended.stderr).not.toContain('\n');
  });
});

/** Waits until a job of a kind is there; the test's own limit ends a wait in vain. */
async function queued(kind: string): Promise<void> {
  const query = /* GraphQL */ `query ($id: ID!, $kind: Phase!) {
    search(id: $id) { jobs(filter: { kinds: [$kind], states: [QUEUED] }) { totalCount } } }`;
  for (;;) {
    const variables = { id: search, kind: kind.toUpperCase() };
    const { search: found } = await api.ask(query, variables);
    if (found.jobs.totalCount > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
