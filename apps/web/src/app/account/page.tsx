import type { Metadata } from 'next';
import { AccountView } from '../../account/account-view.tsx';
import { Page } from '../../ui/page.tsx';

export const metadata: Metadata = { title: 'Account' };

export default function AccountPage() {
  return (
    <Page>
      <h1>Account</h1>
      <AccountView />
    </Page>
  );
}
