import { MapsView } from '../../../../maps/maps-view.tsx';

export default function MapsPage() {
  return <MapsView />;
}
