import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { TeamFrame } from '../../../teams/team-frame.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('teams');
  return { title: say('team') };
}

export default async function TeamLayout({
  params,
  children,
}: {
  params: Promise<{ id: string }>;
  children: ReactNode;
}) {
  const { id } = await params;
  return <TeamFrame id={decodeURIComponent(id)}>{children}</TeamFrame>;
}
