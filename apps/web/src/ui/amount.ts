/** A number as people type it; `wrong` says that it cannot be read. */
export type Amount = { readonly value: number | undefined } | { readonly wrong: true };

const powers: Record<string, number> = { '': 1, k: 1e3, m: 1e6, g: 1e9, b: 1e9, t: 1e12 };

/**
 * Reads `1200000`, `1,200,000`, `1.2M`, `300k`, with the unit behind it or not (`2 MB`, `12 ms`).
 * Nothing typed is no value.
 */
export function readAmount(text: string, unit = ''): Amount {
  let rest = text.trim().toLowerCase();
  if (rest === '') return { value: undefined };
  if (unit !== '' && rest.endsWith(unit.toLowerCase())) rest = rest.slice(0, -unit.length).trim();
  const match = /^(\d[\d,]*(?:\.\d*)?|\.\d+)\s*([kmgbt]?)$/.exec(rest);
  if (match === null) return { wrong: true };
  const value = Number(match[1]?.replaceAll(',', '')) * (powers[match[2] ?? ''] ?? Number.NaN);
  // 1.1 * 1e6 is not 1,100,000 exactly; costs are whole where it matters.
  return { value: value >= 1000 ? Math.round(value) : value };
}
