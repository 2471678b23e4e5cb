import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountView } from '../../account/account-view.tsx';
import { Page } from '../../ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('shell');
  return { title: say('account') };
}

export default async function AccountPage() {
  const say = await getTranslations('shell');
  return (
    <Page title={say('account')}>
      <AccountView />
    </Page>
  );
}
