import { InvitationsPanel } from '../../../../teams/invitations-panel.tsx';

export default function InvitationsPage() {
  return <InvitationsPanel />;
}
