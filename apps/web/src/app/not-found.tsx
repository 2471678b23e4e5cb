import { useTranslations } from 'next-intl';
import { LinkButton } from '../ui/link-button.tsx';
import { Page } from '../ui/page.tsx';

export default function NotFound() {
  const say = useTranslations('shell');
  return (
    <Page title={say('notFound')}>
      <p>
        <LinkButton href="/">{say('toSearches')}</LinkButton>
      </p>
    </Page>
  );
}
