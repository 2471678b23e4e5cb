import { TeamLog } from '../../../../teams/team-log.tsx';

export default function LogPage() {
  return <TeamLog />;
}
