import type { EntryRow, LeaderboardRow } from '@blockwise/db';

/** Of the system's sans serif at 11 pixels, roughly; a label gets as much room as it may need. */
const characterWidth = 6.8;
const padding = 8;
const longestLabel = 60;

const colours = { VERIFIED: '#1a7f37', other: '#57606a', empty: '#8c959f' } as const;

/**
 * A small picture of who leads a board: the board's name, the leader's team and accuracy, and whether
 * it is verified.
 */
export function badgeSvg(
  { name }: Pick<LeaderboardRow, 'name'>,
  leader: (Pick<EntryRow, 'top1' | 'state'> & { readonly team: string }) | null,
): string {
  const verified = leader?.state === 'VERIFIED';
  const figure = leader === null ? 'no entries' : `${leader.team} ${percent(leader.top1)} top-1`;
  const mark = leader === null ? '' : verified ? ' ✓ verified' : ' unverified';
  const left = shortened(name);
  const right = shortened(`${figure}${mark}`);
  const [leftWidth, rightWidth] = [widthOf(left), widthOf(right)];
  const width = leftWidth + rightWidth;
  const colour = leader === null ? colours.empty : verified ? colours.VERIFIED : colours.other;
  const text = (x: number, label: string) => `<text x="${x}" y="14">${escaped(label)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${escaped(`${left}: ${right}`)}">`,
    `<title>${escaped(`${left}: ${right}`)}</title>`,
    `<clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${leftWidth}" height="20" fill="#24292f"/>`,
    `<rect x="${leftWidth}" width="${rightWidth}" height="20" fill="${colour}"/></g>`,
    '<g fill="#fff" font-family="system-ui,Verdana,sans-serif" font-size="11" text-anchor="middle">',
    `${text(leftWidth / 2, left)}${text(leftWidth + rightWidth / 2, right)}</g></svg>`,
  ].join('');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

function widthOf(label: string): number {
  return Math.ceil([...label].length * characterWidth) + 2 * padding;
}

function shortened(label: string): string {
  const characters = [...label];
  return characters.length <= longestLabel
    ? label
    : `${characters.slice(0, longestLabel - 1).join('')}…`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Names are people's own words; XML allows no control characters at all. */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const plain = text.replaceAll(/[\u0000-\u001f\u007f\ufffe\uffff]/g, ' ');
  return plain.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
