import type { useTranslations } from 'next-intl';
import type { TableData } from '../ui/data-table.tsx';
import type { Architecture } from './read-architecture.ts';
import type { useLayerWords } from './use-layer-words.ts';

/** All that a picture of a network shows, as a table. */
export function architectureTable(
  { layers }: Architecture,
  say: ReturnType<typeof useTranslations<'architecture'>>,
  words: ReturnType<typeof useLayerWords>,
): TableData {
  const number = (key: Parameters<typeof say>[0] & `columns.${string}`) => ({
    name: say(key),
    isNumber: true,
  });
  return {
    columns: [
      { name: say('columns.part') },
      { name: say('columns.layer') },
      { name: say('columns.op') },
      number('columns.kernel'),
      number('columns.expansion'),
      number('columns.width'),
      number('columns.stride'),
      { name: say('columns.shape') },
      number('columns.params'),
      number('columns.macs'),
      number('columns.activationBytes'),
    ],
    rows: layers.map((layer) => [
      words.part(layer.part),
      layer.position,
      words.kind(layer.kind),
      layer.kernel,
      layer.expansion,
      layer.outChannels,
      layer.stride,
      words.shape(layer.outSize, layer.outChannels),
      layer.params,
      layer.macs,
      layer.activationBytes,
    ]),
  };
}
