import { WebhooksPanel } from '../../../../teams/webhooks-panel.tsx';

export default function WebhooksPage() {
  return <WebhooksPanel />;
}
