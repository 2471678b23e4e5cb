import { NetworkList } from '../../../../network/network-list.tsx';

export default function NetworksPage() {
  return <NetworkList />;
}
