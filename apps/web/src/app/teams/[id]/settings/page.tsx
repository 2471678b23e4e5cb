import { SettingsPanel } from '../../../../teams/settings-panel.tsx';

export default function SettingsPage() {
  return <SettingsPanel />;
}
