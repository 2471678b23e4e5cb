'use client';

import { useTranslations } from 'next-intl';
import { CodeBlock } from '../ui/code-block.tsx';
import { Panel } from '../ui/page.tsx';
import styles from './trainers.module.css';

const onGpu =
  'DATABASE_URL=postgresql://… STATE_FOLDER=/data/blockwise \\\n  npm run trainer -- --device 0 --slots 1';
const inContainer =
  'docker run --gpus all -e DATABASE_URL=postgresql://… \\\n  -v blockwise-state:/state blockwise-trainer-cuda --device 0';

/** One command adds a trainer. */
export function AddTrainer({ isFirst = false }: { isFirst?: boolean }) {
  const say = useTranslations('trainers.add');
  return (
    <Panel title={say(isFirst ? 'firstTitle' : 'title')}>
      <div className={styles.add}>
        <p>{say(isFirst ? 'firstText' : 'text')}</p>
        <CodeBlock label={say('command')} text={onGpu} />
        <p className={styles.note}>{say('about')}</p>
        <CodeBlock label={say('container')} text={inContainer} />
        <p className={styles.note}>{say('containerAbout')}</p>
      </div>
    </Panel>
  );
}
