'use client';

import { ClientError, ExportNetworkDocument } from '@blockwise/client';
import { useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import type { SearchDetail } from '../live/apply-event.ts';
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
  const { url } = useClient();
  const newest = network.exports.findLast(({ files }) => files.length > 0);
  if (newest === undefined) {
    const ready = search.state === 'COMPLETE' && network.top1 != null;
    return ready ? <MakeFiles network={network} /> : '–';
  }
  return (
    <div className={styles.files}>
      {newest.files.map((file) => (
        <a
          key={file.format}
          href={new URL(file.url, url).href}
          download
          title={`${formatBytes(file.bytes)}, SHA-256 ${file.sha256}`}
        >
          {titles[file.format]}
        </a>
      ))}
    </div>
  );
}

function MakeFiles({ network }: { network: Network }) {
  const client = useClient();
  const [asked, setAsked] = useState<string | null>(null);
  const make = async () => {
    setAsked('Being made…');
    try {
      // The event that they are there brings the links.
      await client.request(ExportNetworkDocument, { input: { network: network.id } });
    } catch (error) {
      setAsked(error instanceof ClientError ? error.message : String(error));
    }
  };
  if (asked !== null) return <span className={styles.recipe}>{asked}</span>;
  return (
    <button type="button" onClick={() => void make()}>
      Make files
    </button>
  );
}
