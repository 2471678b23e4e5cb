import { describe, expect, it } from 'vitest';
import { sentencesOf } from './advisories.ts';
import { exceptions, isPermitted, licenceFaults } from './licences.ts';
import { billOfMaterials } from './sbom.ts';
import { projectPackage, usedPackages } from './used-packages.ts';

const packages = await usedPackages();

describe('the licences of what the platform runs with', () => {
  it('are all permitted', () => {
    expect(packages.length).toBeGreaterThan(300);
    expect(licenceFaults(packages)).toEqual([]);
  });
  it('need every exception on some machine', () => {
    const isNeeded = (names: RegExp) => packages.some(({ name }) => names.test(name));
    const needless = exceptions
      .map(({ names }) => names)
      .filter((names) => !isNeeded(names) && !names.source.includes('win32'));
    expect(needless).toEqual([]);
  });
  it('are refused when nobody has looked at them', () => {
    const unknown = { name: 'odd', version: '1.0.0', homepage: undefined, sha512: undefined };
    expect(licenceFaults([{ ...unknown, license: 'AGPL-3.0-only' }])).toHaveLength(1);
    expect(licenceFaults([{ ...unknown, license: 'Unknown' }])).toHaveLength(1);
    expect(licenceFaults([{ ...unknown, license: 'EPL-2.0' }])).toHaveLength(1);
  });
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND Apache-2.0', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
  ])('%s: %s', (expression, permitted) => {
    expect(isPermitted(expression)).toBe(permitted);
  });
});

describe('the bill of materials', () => {
  it('is CycloneDX, has every package with its hash, and is the same every time', async () => {
    const text = await billOfMaterials(projectPackage(), packages);
    expect(await billOfMaterials(projectPackage(), packages)).toBe(text);
    const { bomFormat, specVersion, components } = JSON.parse(text);
    expect({ bomFormat, specVersion }).toEqual({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    expect(components).toHaveLength(packages.length);
    const graphql = components.find(({ purl }: { purl: string }) =>
      /^pkg:npm\/graphql@/.test(purl),
    );
    expect(graphql.hashes[0]).toMatchObject({ alg: 'SHA-512' });
    expect(graphql.hashes[0].content).toMatch(/^[0-9a-f]{128}$/);
  });
});

it('advisories are told from moderate on', () => {
  const advisory = { title: 'reads too much', module_name: 'odd', vulnerable_versions: '<2' };
  const told = sentencesOf([
    { ...advisory, severity: 'low' },
    { ...advisory, severity: 'high', url: 'https://example.org/1' },
  ]);
  expect(told).toEqual(['odd <2 (high): reads too much https://example.org/1']);
});
