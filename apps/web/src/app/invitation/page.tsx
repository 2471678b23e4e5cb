import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InvitationView } from '../../account/invitation-view.tsx';
import { Page } from '../../ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('account');
  return { title: say('invitation') };
}

export default async function InvitationPage() {
  const say = await getTranslations('account');
  return (
    <Page title={say('invitation')}>
      <InvitationView />
    </Page>
  );
}
