'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../ui/button.tsx';
import { Page, Problem } from '../ui/page.tsx';

/** What a page shows when it fails itself: the frame stays, and it can be tried again. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  const say = useTranslations('shell');
  return (
    <Page title={say('broken')}>
      <Problem>{error.message}</Problem>
      <p>
        <Button onPress={reset}>{say('again')}</Button>
      </p>
    </Page>
  );
}
