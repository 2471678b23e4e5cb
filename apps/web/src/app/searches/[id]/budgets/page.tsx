import { ExploreBudgets } from '../../../../budgets/explore-budgets.tsx';

export default function BudgetsPage() {
  return <ExploreBudgets />;
}
