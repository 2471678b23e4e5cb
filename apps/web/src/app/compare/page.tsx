import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ComparePage } from '../../compare/compare-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('compare');
  return { title: say('title') };
}

export default function Compare() {
  return <ComparePage />;
}
