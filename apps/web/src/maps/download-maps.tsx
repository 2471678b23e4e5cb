'use client';

import { FeatureMapsFileDocument } from '@blockwise/client';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useClient } from '../api/api-provider.tsx';
import { Button } from '../ui/button.tsx';
import { tell } from '../ui/toasts.tsx';

/** All values of some maps as a file. Its link is made fresh when it is followed: it is good for ten minutes only. */
export function DownloadMaps({ id }: { id: string }) {
  const say = useTranslations('maps.loss');
  const client = useClient();
  const follow = async () => {
    try {
      const { node } = await client.request(FeatureMapsFileDocument, { id });
      const url = node?.__typename === 'FeatureMaps' ? node.url : null;
      // It is an attachment: the page stays.
      if (url != null) window.location.assign(new URL(url, client.url));
    } catch (error) {
      tell({ text: error instanceof Error ? error.message : String(error), tone: 'bad' });
    }
  };
  return (
    <div>
      <Button tone="quiet" icon={<Download aria-hidden />} onPress={follow}>
        {say('file')}
      </Button>
    </div>
  );
}
