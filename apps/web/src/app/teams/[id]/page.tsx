import { MembersPanel } from '../../../teams/members-panel.tsx';

export default function MembersPage() {
  return <MembersPanel />;
}
