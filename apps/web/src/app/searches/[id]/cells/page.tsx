import { CandidatePanel } from '../../../../search/candidate-panel.tsx';

export default function CellsPage() {
  return <CandidatePanel />;
}
