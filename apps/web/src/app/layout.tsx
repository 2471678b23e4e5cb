import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './globals.css';
import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { knownViewer } from '../account/known-viewer.ts';
import { ApiProvider } from '../api/api-provider.tsx';
import { apiUrl } from '../api/api-url.ts';
import { QueryProvider } from '../api/query-provider.tsx';
import { AppFrame } from '../shell/app-frame.tsx';
import { AriaProvider } from '../shell/aria-provider.tsx';
import { readTheme, themeCookie } from '../theme/theme.ts';
import { ConfirmProvider } from '../ui/confirm.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('shell');
  return {
    title: { default: 'Blockwise', template: '%s · Blockwise' },
    description: say('description'),
  };
}

/** Every page: its frame, the reader's language and theme, and the address of the API. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(themeCookie)?.value);
  const [locale, viewer] = await Promise.all([getLocale(), knownViewer()]);
  return (
    <html lang={locale} data-theme={theme}>
      <body>
        <NextIntlClientProvider>
          <AriaProvider locale={locale}>
            <NuqsAdapter>
              <ApiProvider url={apiUrl()}>
                <QueryProvider>
                  <ConfirmProvider>
                    <HydrationBoundary state={viewer}>
                      <AppFrame>{children}</AppFrame>
                    </HydrationBoundary>
                  </ConfirmProvider>
                </QueryProvider>
              </ApiProvider>
            </NuqsAdapter>
          </AriaProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
