import { BudgetPanel } from '../../../../search/budget-panel.tsx';

export default function BudgetsPage() {
  return <BudgetPanel />;
}
