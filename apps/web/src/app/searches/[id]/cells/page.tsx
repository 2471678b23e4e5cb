import { CellsView } from '../../../../cell/cells-view.tsx';

export default function CellsPage() {
  return <CellsView />;
}
