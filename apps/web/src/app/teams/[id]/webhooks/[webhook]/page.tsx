import { WebhookView } from '../../../../../teams/webhook-view.tsx';

export default async function WebhookPage({ params }: { params: Promise<{ webhook: string }> }) {
  const { webhook } = await params;
  return <WebhookView id={decodeURIComponent(webhook)} />;
}
