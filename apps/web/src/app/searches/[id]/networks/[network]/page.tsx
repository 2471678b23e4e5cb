import { NetworkView } from '../../../../../network/network-view.tsx';

export default async function NetworkPage({ params }: { params: Promise<{ network: string }> }) {
  const { network } = await params;
  return <NetworkView id={decodeURIComponent(network)} />;
}
