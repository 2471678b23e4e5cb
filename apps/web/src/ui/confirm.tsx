'use client';

import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogButtons } from './dialog.tsx';

export interface Question {
  readonly title: string;
  /** What will be lost and what stays. */
  readonly text: string;
  /** The deed, as a verb: what the button says. */
  readonly yes: string;
}

type Confirm = (question: Question) => Promise<boolean>;

const ConfirmContext = createContext<Confirm | null>(null);

/** Asks once before something is destroyed; the careful answer has the focus. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const say = useTranslations('common');
  const [question, setQuestion] = useState<Question>();
  const answer = useRef<(yes: boolean) => void>(undefined);
  const confirm = useCallback((next: Question) => {
    setQuestion(next);
    return new Promise<boolean>((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const close = (yes: boolean) => {
    answer.current?.(yes);
    setQuestion(undefined);
  };
  return (
    <ConfirmContext value={confirm}>
      {children}
      {question && (
        <Dialog
          isOpen
          role="alertdialog"
          title={question.title}
          onOpenChange={(isOpen) => isOpen || close(false)}
        >
          <p>{question.text}</p>
          <DialogButtons>
            <Button autoFocus onPress={() => close(false)}>
              {say('cancel')}
            </Button>
            <Button tone="danger" onPress={() => close(true)}>
              {question.yes}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </ConfirmContext>
  );
}

/** Answers true when the reader says yes. */
export function useConfirm(): Confirm {
  const confirm = useContext(ConfirmContext);
  if (confirm === null) throw new Error('useConfirm is called outside of ConfirmProvider.');
  return confirm;
}
