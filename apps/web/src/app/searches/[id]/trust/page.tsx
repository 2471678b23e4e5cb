import { AuditPanel } from '../../../../audit/audit-panel.tsx';

export default function TrustPage() {
  return <AuditPanel />;
}
