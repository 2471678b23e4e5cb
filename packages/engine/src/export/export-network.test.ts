import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportFormats } from '@blockwise/contracts';
import { printNetwork } from '@blockwise/dna';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../artifacts/safetensors.ts';
import { readLayersModel } from '../teachers/layers-model-file.ts';
import { readTimm } from '../timm/timm.ts';
import { packFiles } from './archive.ts';
import { exportNetwork } from './export-network.ts';
import { exportCases, exportedClasses, randomSubject } from './testing/subjects.ts';

const [given] = Object.values(exportCases);
if (given === undefined) throw new Error('There are no cases.');
const subject = randomSubject(given);
const architecture = printNetwork(subject.network);

describe('exportNetwork', () => {
  it.each(exportFormats)('%s says in network.json what the network is', (format) => {
    const files = exportNetwork(subject, format);
    const json = JSON.parse(new TextDecoder().decode(files.get('network.json')));
    const { imageSize, mean, std, lineage } = subject;
    const told = { architecture, classes: exportedClasses, imageSize, mean, std, lineage };
    expect(json).toMatchObject(told);
    // The sum of the arrays of the file, without running statistics.
    const weights = [...subject.weights].filter(([name]) => !name.includes('running'));
    expect(json.params).toBe(weights.reduce((sum, [, { data }]) => sum + data.length, 0));
  });

  it('gives the architecture as a text', () => {
    const text = exportNetwork(subject, 'architecture').get('architecture.txt');
    expect(new TextDecoder().decode(text)).toBe(`${architecture}\n`);
  });

  it('gives safetensors that are read back as weights of timm, in both formats with them', () => {
    for (const format of ['safetensors', 'pytorch'] as const) {
      const bytes = exportNetwork(subject, format).get('network.safetensors') ?? new Uint8Array();
      const weights = readTimm(bytes, subject.network, exportedClasses.length);
      expect(weights).toEqual(subject.weights);
      const { metadata } = readSafetensors(bytes);
      expect(metadata).toMatchObject({ format: 'pt', architecture });
      expect(JSON.parse(metadata.classes ?? '')).toEqual(exportedClasses);
    }
  });

  it('gives a LayersModel that a teacher is read from', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'blockwise-export-'));
    for (const [name, bytes] of exportNetwork(subject, 'tfjs')) {
      writeFileSync(join(folder, name), bytes);
    }
    const { weights } = await readLayersModel(join(folder, 'model.json'));
    expect(weights.get('conv_stem/kernel')).toEqual(subject.weights.get('conv_stem.weight'));
  });
});

describe('packFiles', () => {
  it('holds the files as they are, in the same bytes whenever it is made', () => {
    const files = exportNetwork(subject, 'pytorch');
    const archive = packFiles(files);
    expect(new Map(Object.entries(unzipSync(archive)))).toEqual(new Map(files));
    expect(packFiles(exportNetwork(subject, 'pytorch'))).toEqual(archive);
  });
});
