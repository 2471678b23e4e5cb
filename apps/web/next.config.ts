import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withMessages = createNextIntlPlugin('./src/messages/request.ts');

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `next dev` serves itself under both names of this machine.
  allowedDevOrigins: ['127.0.0.1'],
  // `npm test` checks types of every room; a first start need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Workspace packages are TypeScript sources, compiled together with the dashboard.
  transpilePackages: [
    '@blockwise/client',
    '@blockwise/contracts',
    '@blockwise/dna',
    '@blockwise/telemetry',
  ],
  serverExternalPackages: ['pino'],
};

export default withMessages(config);
