import type { Metadata } from 'next';
import { InvitationView } from '../../account/invitation-view.tsx';
import { Page } from '../../ui/page.tsx';

export const metadata: Metadata = { title: 'Invitation' };

export default function InvitationPage() {
  return (
    <Page>
      <h1>Invitation</h1>
      <InvitationView />
    </Page>
  );
}
