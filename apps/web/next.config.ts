import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withMessages = createNextIntlPlugin('./src/messages/request.ts');

/** Of every answer; what a page may load is said by `src/proxy.ts`, anew for each request. */
const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=()' },
];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  headers: async () => [{ source: '/:path*', headers }],
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
