'use client';

import { ServerInfoDocument } from '@blockwise/client';
import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { useViewer } from '../account/viewer.tsx';
import { ApiProblem } from '../api/api-problem.tsx';
import { useApi } from '../api/use-api.ts';
import { useEndpoint } from '../api/use-endpoint.ts';
import buttonStyles from '../ui/button.module.css';
import { CodeBlock } from '../ui/code-block.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Segments } from '../ui/fields.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { Fact, Facts, Panel, Skeleton } from '../ui/page.tsx';
import styles from './api-guide.module.css';
import { exampleLanguages, exampleOf } from './examples.ts';

/** How to do from a program what the dashboard does. */
export function ApiGuide() {
  const say = useTranslations('api');
  const code = { code: (text: ReactNode) => <code>{text}</code> };
  const url = useEndpoint();
  return (
    <>
      <p>{say('lead')}</p>
      <div className={styles.pair}>
        <Panel title={say('endpoint')}>
          <div className={styles.stack}>
            <div className={styles.address}>
              <code>{url}</code>
              <CopyButton text={url} />
            </div>
            <p className={styles.note}>{say('endpointNote')}</p>
          </div>
        </Panel>
        <ExplorerPanel />
      </div>
      <Panel
        title={say('authenticate')}
        aside={<LinkButton href="/account">{say('makeToken')}</LinkButton>}
      >
        <div className={styles.stack}>
          <p>{say('authenticateAbout')}</p>
          <CodeBlock label={say('authenticate')} text="Authorization: Bearer $BLOCKWISE_TOKEN" />
          <p className={styles.note}>{say.rich('tokenHint', code)}</p>
        </div>
      </Panel>
      <Examples />
      <div className={styles.pair}>
        <Panel title={say('schema')}>
          <p>{say.rich('schemaAbout', code)}</p>
        </Panel>
        <ServerPanel />
      </div>
    </>
  );
}

function ExplorerPanel() {
  const say = useTranslations('api');
  const url = useEndpoint();
  const { viewer } = useViewer();
  return (
    <Panel title={say('explorer')}>
      <div className={styles.stack}>
        <p>{say('explorerAbout')}</p>
        {viewer === null ? (
          <div className={styles.address}>
            {say('explorerSignIn')} <LinkButton href="/sign-in">{say('signIn')}</LinkButton>
          </div>
        ) : (
          <div>
            <a
              href={url && new URL('/explorer', url).href}
              target="_blank"
              rel="noreferrer"
              className={`${buttonStyles.button} ${buttonStyles.main}`}
            >
              <ExternalLink aria-hidden />
              {say('openExplorer')}
            </a>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Examples() {
  const say = useTranslations('api');
  const url = useEndpoint();
  const [language, setLanguage] = useQueryState(
    'language',
    parseAsStringLiteral(exampleLanguages).withDefault('curl'),
  );
  return (
    <Panel
      title={say('examples')}
      aside={
        <Segments
          label={say('language')}
          value={language}
          options={exampleLanguages.map((value) => ({ value, name: languageNames[value] }))}
          onChange={setLanguage}
        />
      }
    >
      <div className={styles.stack}>
        <p>{say.rich(`examplesAbout.${language}`, { code: (text) => <code>{text}</code> })}</p>
        <CodeBlock label={languageNames[language]} text={exampleOf(language, url)} />
      </div>
    </Panel>
  );
}

const languageNames = { curl: 'curl', python: 'Python', typescript: 'TypeScript' } as const;

function ServerPanel() {
  const say = useTranslations('api');
  const common = useTranslations('common');
  const { data, error, refetch } = useApi(ServerInfoDocument, {});
  return (
    <Panel title={say('server')}>
      {error && <ApiProblem error={error} onRetry={refetch} />}
      {data === undefined && !error && <Skeleton label={common('loading')} />}
      {data && (
        <div className={styles.stack}>
          <Facts>
            <Fact name={say('version')}>{data.serverInfo.version}</Fact>
          </Facts>
          <h3>{say('features')}</h3>
          <ul className={styles.features}>
            {data.serverInfo.features.map((feature) => (
              <li key={feature}>{feature}</li>
            ))}
          </ul>
          <p className={styles.note}>{say('featuresNote')}</p>
        </div>
      )}
    </Panel>
  );
}
