import type { UsedPackage } from './used-packages.ts';

/** Licences under which a work may be used, changed and passed on, with no more than a notice. */
const permitted = new Set([
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['Unlicense', 'CC0-1.0', 'Python-2.0'],
]);

/** Others, each with why it may be here. */
export const exceptions: readonly { names: RegExp; license: string; why: string }[] = [
  {
    names: /^@img\/sharp-libvips-/,
    license: 'LGPL-3.0-or-later',
    why: 'a library of its own that sharp loads: anybody may put another in its place',
  },
  {
    names: /^@img\/sharp-(win32|wasm32)/,
    license: 'Apache-2.0 AND LGPL-3.0-or-later',
    why: 'as above',
  },
  { names: /^elkjs$/, license: 'EPL-2.0', why: 'used as it is published, unchanged' },
  { names: /^lightningcss/, license: 'MPL-2.0', why: 'builds style sheets, unchanged' },
  { names: /^caniuse-lite$/, license: 'CC-BY-4.0', why: 'a table of data, not a program' },
  { names: /^@fontsource-variable\//, license: 'OFL-1.1', why: 'a font' },
];

/** Packages whose licence nobody has looked at, and exceptions that no package needs; a sentence each. */
export function licenceFaults(packages: readonly UsedPackage[]): string[] {
  return packages.flatMap(({ name, version, license }) => {
    if (isPermitted(license)) return [];
    const known = exceptions.some((each) => each.license === license && each.names.test(name));
    return known ? [] : [`${name} ${version} has the licence ${license}, which is not permitted`];
  });
}

/** Of `(A OR B)` one is enough, of `A AND B` both are needed; `and` of some authors is AND. */
export function isPermitted(expression: string): boolean {
  const text = expression.replaceAll(/[()]/g, '').trim();
  return text
    .split(/\s+OR\s+/i)
    .some((choice) => choice.split(/\s+AND\s+/i).every((license) => permitted.has(license.trim())));
}
