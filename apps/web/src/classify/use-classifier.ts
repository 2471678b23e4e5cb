'use client';

import { ExportNodeDocument } from '@blockwise/client';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '../api/api-provider.tsx';
import type { Classifier } from './classifier.ts';
import type { ModelDescription } from './read-model-file.ts';

/** A classifier that is ready, with what its model says of itself. */
export interface Loaded {
  readonly classifier: Classifier;
  readonly model: ModelDescription;
}

/** Loads an exported network when it is asked to, and frees it when the page is left. */
export function useClassifier(exported: string) {
  const client = useClient();
  const [loaded, setLoaded] = useState<Loaded>();
  const [isLoading, setLoading] = useState(false);
  const [error, setError] = useState<Error>();
  const current = useRef<Classifier>(undefined);
  useEffect(() => () => current.current?.close(), []);

  const load = async () => {
    setLoading(true);
    setError(undefined);
    try {
      // The link is made fresh: it is good for ten minutes only.
      const { node } = await client.request(ExportNodeDocument, { id: exported });
      const files = node?.__typename === 'Export' ? node.files : [];
      const file = files.find(({ format }) => format === 'TFJS');
      if (file === undefined) throw new Error('There is no TensorFlow.js file.');
      const response = await fetch(new URL(file.url, client.url), { credentials: 'include' });
      if (!response.ok) throw new Error(`The file cannot be read: ${response.statusText}`);
      const archive = new Uint8Array(await response.arrayBuffer());
      const [{ readModelFile }, { openClassifier }] = await Promise.all([
        import('./read-model-file.ts'),
        import('./classifier.ts'),
      ]);
      const read = readModelFile(archive);
      current.current = await openClassifier(read);
      setLoaded({ classifier: current.current, model: read.description });
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    } finally {
      setLoading(false);
    }
  };
  return { loaded, isLoading, error, load };
}
