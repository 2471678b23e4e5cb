'use client';

import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import type { Locale } from '../messages/locale.ts';

/** Gives components the reader's language, and links the way of a page without a reload. */
export function AriaProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  const router = useRouter();
  return (
    <I18nProvider locale={locale}>
      <RouterProvider navigate={router.push}>{children}</RouterProvider>
    </I18nProvider>
  );
}
