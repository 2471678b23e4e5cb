'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import {
  Button as AriaButton,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { Button } from './button.tsx';
import styles from './toasts.module.css';

export interface Note {
  readonly text: string;
  readonly tone: 'good' | 'bad';
  /** Takes back what was done. */
  readonly undo?: () => void;
}

const queue = new ToastQueue<Note>({ maxVisibleToasts: 4 });
const shownSeconds = 8;

/** Tells what came of a deed, beside the page; what failed stays until it is closed. */
export function tell(note: Note): void {
  queue.add(note, note.tone === 'good' ? { timeout: shownSeconds * 1000 } : {});
}

export function Toasts() {
  const say = useTranslations('common');
  return (
    <ToastRegion queue={queue} className={styles.region}>
      {({ toast }) => (
        <Toast toast={toast} className={`${styles.toast} ${styles[toast.content.tone]}`}>
          <ToastContent className={styles.content}>{toast.content.text}</ToastContent>
          {toast.content.undo && (
            <Button
              tone="quiet"
              onPress={() => {
                toast.content.undo?.();
                queue.close(toast.key);
              }}
            >
              {say('undo')}
            </Button>
          )}
          <AriaButton slot="close" aria-label={say('close')} className={styles.close}>
            <X aria-hidden />
          </AriaButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
