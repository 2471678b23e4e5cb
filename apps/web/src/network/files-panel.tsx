'use client';

import {
  ClientError,
  ExportNetworkDocument,
  ExportNodeDocument,
  OneNetworkDocument,
  type OneNetworkFragment,
} from '@blockwise/client';
import { Download, PackageOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useClient } from '../api/api-provider.tsx';
import { useChange } from '../api/use-api.ts';
import { ForMembers } from '../search/for-members.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Select } from '../ui/fields.tsx';
import { formatBytes } from '../ui/format.ts';
import { Panel, Problem } from '../ui/page.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { tell } from '../ui/toasts.tsx';
import styles from './files-panel.module.css';

type Exported = OneNetworkFragment['exports'][number];

/** Weights of a network that can become files: the best training's, one training's, those cut out. */
interface Weights {
  /** `best`, `cut`, or the number of a seed; what an address calls it. */
  readonly value: string;
  readonly name: string;
  readonly input: { weights: 'TRAINED' | 'CUT'; retraining?: string };
}

/** The network as files for other software: made when somebody asks for them, then there for all. */
export function FilesPanel({ network }: { network: OneNetworkFragment }) {
  const say = useTranslations('network.files');
  const [chosen, setChosen] = useQueryState('weights', parseAsString.withDefault('best'));
  const all = useWeights(network);
  const [first] = all;
  const weights = all.find(({ value }) => value === chosen) ?? first;
  const copy = <CopyButton text={network.architecture} label={say('copyArchitecture')} />;
  return (
    <Panel
      title={say('title')}
      aside={
        weights &&
        all.length > 1 && (
          <Select
            label={say('weights')}
            value={weights.value}
            options={all}
            onChange={(value) => void setChosen(value)}
          />
        )
      }
    >
      {weights === undefined ? (
        <p className={styles.about}>{say('untested')}</p>
      ) : (
        <FilesOf key={weights.value} network={network} weights={weights} />
      )}
      <div className={styles.architecture}>
        <code>{network.architecture}</code>
        {copy}
      </div>
    </Panel>
  );
}

function useWeights(network: OneNetworkFragment): Weights[] {
  const say = useTranslations('network.files');
  const tested = network.retrainings.filter(({ top1 }) => top1 !== null);
  return [
    ...(tested.length === 0
      ? []
      : [{ value: 'best', name: say('best'), input: { weights: 'TRAINED' } as const }]),
    ...(tested.length < 2
      ? []
      : tested.map(({ id, seed }) => ({
          value: String(seed),
          name: say('seed', { seed }),
          input: { weights: 'TRAINED', retraining: id } as const,
        }))),
    ...(network.cut == null
      ? []
      : [{ value: 'cut', name: say('cut'), input: { weights: 'CUT' } as const }]),
  ];
}

/** The newest export of these weights, whatever became of it. */
function exportOf(network: OneNetworkFragment, { value }: Weights): Exported | undefined {
  const tested = network.retrainings.filter(({ top1 }) => top1 !== null);
  const best = tested.reduce<(typeof tested)[number] | undefined>(
    (before, each) => ((each.top1 ?? 0) > (before?.top1 ?? -1) ? each : before),
    undefined,
  );
  const seed = value === 'best' ? best?.seed : Number(value);
  return network.exports.findLast((each) =>
    value === 'cut' ? each.source === 'CUT' : each.retraining?.seed === seed,
  );
}

function FilesOf({ network, weights }: { network: OneNetworkFragment; weights: Weights }) {
  const say = useTranslations('network.files');
  const exported = exportOf(network, weights);
  const make = useChange(ExportNetworkDocument, { renews: [OneNetworkDocument] });
  if (exported && exported.files.length > 0) {
    return (
      <ul className={styles.files}>
        {exported.files.map((file) => (
          <FileRow key={file.format} exported={exported.id} file={file} />
        ))}
      </ul>
    );
  }
  const { job } = exported ?? {};
  if (make.isPending || job?.state === 'QUEUED' || job?.state === 'RUNNING') {
    const { done = 0, total = 1 } = job?.progress ?? {};
    return (
      <div className={styles.making}>
        <span>{job?.state === 'RUNNING' ? say('making') : say('queued')}</span>
        <ProgressBar share={total > 0 ? done / total : 0} label={say('making')} />
      </div>
    );
  }
  return (
    <div className={styles.ask}>
      <p className={styles.about}>{say('about')}</p>
      {job && <Problem>{job.failure?.message ?? say('cancelled')}</Problem>}
      <ForMembers>
        <Button
          icon={<PackageOpen aria-hidden />}
          onPress={() => make.mutate({ input: { network: network.id, ...weights.input } })}
        >
          {say('make')}
        </Button>
      </ForMembers>
    </div>
  );
}

/** A file with its size and hash. Its link is made fresh when it is followed: it is good for ten minutes only. */
function FileRow({ exported, file }: { exported: string; file: Exported['files'][number] }) {
  const say = useTranslations('network.files');
  const client = useClient();
  const follow = async () => {
    try {
      const { node } = await client.request(ExportNodeDocument, { id: exported });
      const files = node?.__typename === 'Export' ? node.files : [];
      const fresh = files.find(({ format }) => format === file.format);
      if (fresh === undefined) tell({ text: say('gone'), tone: 'bad' });
      // It is an attachment: the page stays.
      else window.location.assign(new URL(fresh.url, client.url));
    } catch (error) {
      const text = error instanceof ClientError ? error.message : String(error);
      tell({ text, tone: 'bad' });
    }
  };
  return (
    <li>
      <Button icon={<Download aria-hidden />} onPress={follow}>
        {say(`format.${file.format}`)}
      </Button>
      <span className={styles.about}>{say(`holds.${file.format}`)}</span>
      <span className={styles.size}>{formatBytes(file.bytes)}</span>
      <span className={styles.hash}>
        SHA-256 <code title={file.sha256}>{file.sha256.slice(0, 12)}…</code>
        <CopyButton text={file.sha256} />
      </span>
    </li>
  );
}
