import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ApiGuide } from '../../api-guide/api-guide.tsx';
import { Page } from '../../ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('api');
  return { title: say('title') };
}

export default async function ApiPage() {
  const say = await getTranslations('api');
  return (
    <Page title={say('title')}>
      <ApiGuide />
    </Page>
  );
}
