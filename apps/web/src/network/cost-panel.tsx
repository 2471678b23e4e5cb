'use client';

import { LatencyLayersDocument, type OneNetworkFragment } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useApi } from '../api/use-api.ts';
import { ChartFrame } from '../charts/chart-frame.tsx';
import { LayerBars } from '../pictures/layer-bars.tsx';
import type { DrawnLayer } from '../pictures/read-architecture.ts';
import { useLayerWords } from '../pictures/use-layer-words.ts';
import { useSearch } from '../search/search-frame.tsx';
import { Segments, Select } from '../ui/fields.tsx';
import { formatBytes, formatCount, formatMilliseconds, formatShare } from '../ui/format.ts';
import { Panel } from '../ui/page.tsx';
import styles from './cost-panel.module.css';
import { layerLatencies } from './layer-latency.ts';
import { useArchitecture } from './use-network.ts';

const axes = ['params', 'macs', 'activationBytes', 'latency'] as const;
type Axis = (typeof axes)[number];
const shapes = ['found', 'trained', 'cut'] as const;

const formats: Record<Axis, (value: number) => string> = {
  params: formatCount,
  macs: formatCount,
  activationBytes: formatBytes,
  latency: formatMilliseconds,
};

/** What every layer costs, of the network as it was found or as it was trained. */
export function CostPanel({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.costs');
  const words = useLayerWords();
  const { search } = useSearch();
  const [axis, setAxis] = useQueryState('cost', parseAsStringLiteral(axes).withDefault('params'));
  const [shape, setShape] = useQueryState('as', parseAsStringLiteral(shapes).withDefault('found'));
  const trained = network.retrainings.find(({ architecture }) => architecture !== null);
  const texts = {
    found: network.architecture,
    trained: trained?.architecture ?? undefined,
    cut: network.cut?.architecture,
  };
  // Widths are another only where weights came from the supernets.
  const different = shapes.filter(
    (each) => each === 'found' || (texts[each] !== undefined && texts[each] !== texts.found),
  );
  const shown = different.includes(shape) ? shape : 'found';
  const architecture = useArchitecture(texts[shown]);
  const table = search.latencyTables.findLast(({ measuredAt }) => measuredAt != null);
  const { data } = useApi(
    LatencyLayersDocument,
    { id: table?.id ?? '' },
    { isReady: table !== undefined },
  );
  if (architecture === null) return null;
  const times = layerLatencies(
    architecture,
    data?.node?.__typename === 'LatencyTable' ? data.node.layers : [],
  );
  const chosen = axis === 'latency' && table === undefined ? 'params' : axis;
  const costOf = (layer: DrawnLayer) =>
    chosen === 'latency' ? times.get(layer.key) : layer[chosen];
  const format = (value: number, share: number) =>
    `${formats[chosen](value)} · ${formatShare(share)}`;
  const total = architecture.layers.reduce((sum, layer) => sum + (costOf(layer) ?? 0), 0);
  const known = axes.filter((each) => each !== 'latency' || table !== undefined);
  return (
    <Panel title={say('title')}>
      <ChartFrame
        name={say('title')}
        table={() => ({
          columns: [
            { name: say('part') },
            { name: say('layer') },
            ...known.map((each) => ({ name: say(`axis.${each}`), isNumber: true })),
          ],
          rows: architecture.layers.map((layer) => [
            words.part(layer.part),
            `${layer.position} ${layer.word}`,
            ...known.map((each) =>
              each === 'latency' ? (times.get(layer.key) ?? null) : layer[each],
            ),
          ]),
        })}
        aside={
          <>
            <Select
              label={say('cost')}
              value={chosen}
              options={known.map((value) => ({ value, name: say(`axis.${value}`) }))}
              onChange={(next) => void setAxis(next)}
            />
            {different.length > 1 && (
              <Segments
                label={say('as')}
                value={shown}
                options={different.map((value) => ({ value, name: say(`shape.${value}`) }))}
                onChange={(next) => void setShape(next)}
              />
            )}
            <span className={styles.total}>{say('total', { total: formats[chosen](total) })}</span>
          </>
        }
      >
        <LayerBars
          architecture={architecture}
          costOf={costOf}
          format={format}
          label={`${say('title')}: ${say(`axis.${chosen}`)}`}
        />
      </ChartFrame>
      <p className={styles.note}>
        {different.length > 1 ? say('widths') : trained && say('same')}
        {chosen === 'latency' &&
          table &&
          ` ${say('measured', { device: table.device ?? '', engine: table.engine ?? '' })}`}
      </p>
    </Panel>
  );
}
