import type { Metadata } from 'next';
import { InvitationView } from '../../account/invitation-view.tsx';
import { Page } from '../../ui/page.tsx';

export const metadata: Metadata = { title: 'Invitation' };

export default function InvitationPage() {
  return (
    <Page title="Invitation">
      <InvitationView />
    </Page>
  );
}
