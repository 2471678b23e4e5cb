import '@fontsource-variable/inter';
import 'uplot/dist/uPlot.min.css';
import './globals.css';
import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { ViewerProvider } from '../account/viewer.tsx';
import { ApiProvider } from '../api/api-provider.tsx';
import { apiUrl } from '../api/api-url.ts';
import { PageHeader } from '../ui/page-header.tsx';

export const metadata: Metadata = {
  title: { default: 'Blockwise', template: '%s · Blockwise' },
  description: 'Block-wise neural architecture search.',
};

/** Every page: header, and the address of the API as this server was started with it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  // The address comes from the environment of the running server, not of the build.
  await connection();
  return (
    <html lang="en">
      <body>
        <ApiProvider url={apiUrl()}>
          <ViewerProvider>
            <PageHeader />
            {children}
          </ViewerProvider>
        </ApiProvider>
      </body>
    </html>
  );
}
