import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TrainersPage } from '../../trainers/trainers-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('trainers');
  return { title: say('title') };
}

export default function Trainers() {
  return <TrainersPage />;
}
