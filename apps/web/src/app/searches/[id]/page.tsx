import { Overview } from '../../../search/overview.tsx';

export default function OverviewPage() {
  return <Overview />;
}
