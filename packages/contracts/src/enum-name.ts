/**
 * A word of the specification as GraphQL names it: `relativeL1` → `RELATIVE_L1`. Null for a word that
 * is no name (`dna-2020@1`); enumerations of such words are texts there.
 */
export function enumName(word: string): string | null {
  return /^[a-z][A-Za-z0-9]*$/.test(word)
    ? word.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()
    : null;
}
