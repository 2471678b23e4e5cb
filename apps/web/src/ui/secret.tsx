'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import styles from './secret.module.css';

/** A text that is shown this once, to be copied now; `about` says what it is. */
export function Secret({
  about,
  text,
  onClose,
}: {
  about: ReactNode;
  text: string;
  onClose: () => void;
}) {
  const say = useTranslations('common');
  return (
    <div className={styles.secret} role="status">
      <p>{about}</p>
      <code>{text}</code>
      <div className={styles.tools}>
        <CopyButton text={text} />
        <Button tone="quiet" icon={<X aria-hidden />} onPress={onClose}>
          {say('close')}
        </Button>
      </div>
    </div>
  );
}
