'use client';

import type { SearchDetail } from '@blockwise/client';
import { ClientError, ExportNetworkDocument, ExportNodeDocument } from '@blockwise/client';
import { useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import { formatBytes } from '../ui/format.ts';
import styles from './network-panel.module.css';

type Network = SearchDetail['networks'][number];

/** What people call the formats. */
const titles: Record<Network['exports'][number]['files'][number]['format'], string> = {
  ARCHITECTURE: 'architecture',
  SAFETENSORS: 'safetensors',
  PYTORCH: 'PyTorch',
  ONNX: 'ONNX',
  TFJS: 'TensorFlow.js',
};

/** A tested network's files to download; a button until somebody has asked for them. */
export function NetworkFiles({ search, network }: { search: SearchDetail; network: Network }) {
  const newest = network.exports.findLast(({ files }) => files.length > 0);
  if (newest === undefined) {
    const ready = search.state === 'COMPLETE' && network.top1 != null;
    return ready ? <MakeFiles search={search} network={network} /> : '–';
  }
  return (
    <div className={styles.files}>
      {newest.files.map((file) => (
        <FileLink key={file.format} exported={newest.id} file={file} />
      ))}
    </div>
  );
}

type Exported = Network['exports'][number];

/** A link that is made fresh when it is followed: the one on the page is good for ten minutes only. */
function FileLink({ exported, file }: { exported: string; file: Exported['files'][number] }) {
  const client = useClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const follow = async () => {
    setRefusal(null);
    try {
      const { node } = await client.request(ExportNodeDocument, { id: exported });
      const files = node?.__typename === 'Export' ? node.files : [];
      const fresh = files.find(({ format }) => format === file.format);
      if (fresh === undefined) setRefusal('Is no longer there.');
      // It is an attachment: the page stays.
      else window.location.assign(new URL(fresh.url, client.url));
    } catch (error) {
      setRefusal(error instanceof ClientError ? error.message : String(error));
    }
  };
  return (
    <>
      <a
        href={new URL(file.url, client.url).href}
        download
        title={`${formatBytes(file.bytes)}, SHA-256 ${file.sha256}`}
        onClick={(event) => {
          event.preventDefault();
          void follow();
        }}
      >
        {titles[file.format]}
      </a>
      {refusal && <span className={styles.recipe}> {refusal}</span>}
    </>
  );
}

function MakeFiles({ search, network }: { search: SearchDetail; network: Network }) {
  const client = useClient();
  /** The job that was asked for here; empty until the API has named it. */
  const [asked, setAsked] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const make = async () => {
    setAsked('');
    setRefusal(null);
    try {
      // The event that they are there brings the links.
      const input = { network: network.id };
      const { exportNetwork } = await client.request(ExportNetworkDocument, { input });
      setAsked(exportNetwork.job?.id ?? null);
    } catch (error) {
      setAsked(null);
      setRefusal(error instanceof ClientError ? error.message : String(error));
    }
  };
  const job = newestExportJob(search.jobs, network.id);
  const isUnknown = asked !== null && !search.jobs.some(({ id }) => id === asked);
  if (isUnknown || (job && !hasFailed(job))) {
    return <span className={styles.recipe}>Being made…</span>;
  }
  const trouble = refusal ?? (job && (job.failure?.message ?? 'Was cancelled.'));
  return (
    <>
      <button type="button" className={styles.make} onClick={() => void make()}>
        Make files
      </button>
      {trouble && <span className={styles.recipe}> {trouble}</span>}
    </>
  );
}

type Job = SearchDetail['jobs'][number];

function newestExportJob(jobs: readonly Job[], network: string): Job | undefined {
  return jobs.findLast((job) => job.kind === 'EXPORT' && job.network?.id === network);
}

function hasFailed({ state }: Job): boolean {
  return state === 'FAILED' || state === 'CANCELLED';
}
