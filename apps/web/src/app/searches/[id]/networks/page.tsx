import { NetworkPanel } from '../../../../search/network-panel.tsx';

export default function NetworksPage() {
  return <NetworkPanel />;
}
