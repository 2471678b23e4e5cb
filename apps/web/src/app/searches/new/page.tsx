import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { StartForm } from '../../../start/start-form.tsx';
import { Page } from '../../../ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('shell');
  return { title: say('newSearch') };
}

export default async function NewSearchPage() {
  const say = await getTranslations('shell');
  return (
    <Page title={say('newSearch')}>
      <StartForm />
    </Page>
  );
}
