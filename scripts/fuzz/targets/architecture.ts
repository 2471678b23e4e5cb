import {
  parseEncoding,
  parseNetwork,
  parseSpace,
  printEncoding,
  printNetwork,
  printSpace,
  publishedNetworks,
  readRankTable,
  samplePath,
  spacePresets,
} from '../../../packages/dna/src/index.ts';
import { mutateText, oneOf } from '../mutate.ts';
import { answerOf, type Target } from '../target.ts';

const spaces = Object.values(spacePresets);
const networks = Object.values(publishedNetworks).map(printNetwork);
const ranks = [
  'predicted,accuracy,params,macs\n0.5,0.7,100,2000\n0.25,0.8,120,2100\n',
  'predicted,accuracy,architecture\n0.5,0.7,efficientnet_b0\n',
  '[{"predicted":0.5,"accuracy":0.7,"params":100,"macs":2000}]',
];

/** Strings of architectures, spaces, encodings and tables of ranks: what is read prints as it is read. */
export async function openArchitecture(): Promise<Target> {
  const texts = [...spaces.map(printSpace), ...networks, ...ranks];
  return {
    feed(random, show) {
      const space = oneOf(random, spaces);
      switch (random.int(4)) {
        case 0: {
          const text = mutateText(oneOf(random, networks), random, texts);
          show(text);
          return answerOf(() => sameAgain(text, parseNetwork, printNetwork));
        }
        case 1: {
          const text = mutateText(printSpace(space), random, texts);
          show(text);
          return answerOf(() => sameAgain(text, parseSpace, printSpace));
        }
        case 2: {
          const choices = space.blocks.map((_, block) => ({
            cell: 0,
            path: samplePath(space, block, 0, random),
          }));
          const text = mutateText(printEncoding(choices), random, texts);
          show(text);
          const read = (encoding: string) => parseEncoding(space, encoding);
          return answerOf(() => sameAgain(text, read, printEncoding));
        }
        default: {
          const text = mutateText(oneOf(random, ranks), random, texts);
          show(text);
          const format = oneOf(random, ['csv', 'json'] as const);
          return answerOf(() => void readRankTable(text, format, { space }));
        }
      }
    },
  };
}

function sameAgain<T>(text: string, read: (text: string) => T, print: (value: T) => string): void {
  const printed = print(read(text));
  const again = print(read(printed));
  if (again !== printed) throw new Error(`${printed} is read as ${again}`);
}
