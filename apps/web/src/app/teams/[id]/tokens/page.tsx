import { TeamTokens } from '../../../../teams/team-tokens.tsx';

export default function TokensPage() {
  return <TeamTokens />;
}
