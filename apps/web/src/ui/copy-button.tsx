'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

const shownSeconds = 2;

/** Copies a text and says so. */
export function CopyButton({ text, label }: { text: string | (() => string); label?: string }) {
  const say = useTranslations('common');
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownSeconds * 1000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : text());
    setCopied(true);
  };
  return (
    <Button
      tone="quiet"
      icon={isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
      onPress={copy}
    >
      {isCopied ? say('copied') : (label ?? say('copy'))}
    </Button>
  );
}
