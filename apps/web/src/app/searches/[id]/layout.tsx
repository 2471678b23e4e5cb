import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { SearchFrame } from '../../../search/search-frame.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('search');
  return { title: say('title') };
}

export default async function SearchLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const { id } = await params;
  return <SearchFrame id={decodeURIComponent(id)}>{children}</SearchFrame>;
}
