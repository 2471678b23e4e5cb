import { CellView } from '../../../../../cell/cell-view.tsx';

export default async function CellPage({ params }: { params: Promise<{ cell: string }> }) {
  const { cell } = await params;
  return <CellView id={decodeURIComponent(cell)} />;
}
