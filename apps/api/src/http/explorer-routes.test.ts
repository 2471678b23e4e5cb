import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, testOrigin } from '../testing/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

function open(headers: Record<string, string>): Promise<Response> {
  return fetch(new URL('/explorer', api.server.url), { headers });
}

describe('/explorer', () => {
  it.each<Record<string, string>>([{}, { Authorization: 'Bearer unknown' }])(
    'tells %o to sign in',
    async (headers) => {
      const answer = await open(headers);
      expect(answer.status).toBe(401);
      const html = await answer.text();
      expect(html).toContain(`href="${testOrigin}/sign-in"`);
      expect(html).not.toContain('<script');
      expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    },
  );

  it('is one page whose only script may run, and which loads nothing', async () => {
    const answer = await open({ Authorization: `Bearer ${api.token}` });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const html = await answer.text();
    const begin = html.indexOf('<script>') + '<script>'.length;
    const end = html.indexOf('</script>');
    const hash = createHash('sha256').update(html.slice(begin, end)).digest('base64');
    const policy = answer.headers.get('Content-Security-Policy') ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${hash}'`,
      "style-src 'unsafe-inline'",
      'worker-src blob:',
      'font-src data:',
      'img-src data:',
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    // What is left of the page beside its script: a browser would load what is named here.
    const rest = html.slice(0, begin) + html.slice(end);
    const named = [...rest.matchAll(/(?:src|href)="([^"]*)"|url\(['"]?([^)'"]*)/g)].map(
      ([, attribute, url]) => attribute ?? url ?? '',
    );
    expect(named.filter((address) => !address.startsWith('data:'))).toEqual([]);
    expect(rest).not.toContain('@import');
  });

  it('is the same page again, and not sent twice', async () => {
    const headers = { Authorization: `Bearer ${api.token}` };
    const first = await open({ ...headers, 'Accept-Encoding': 'identity' });
    const etag = first.headers.get('ETag') ?? '';
    const zipped = await open(headers);
    expect(zipped.headers.get('Content-Encoding')).toBe('gzip');
    expect(await zipped.text()).toBe(await first.text());
    const again = await open({ ...headers, 'If-None-Match': etag, 'Cache-Control': 'max-age=0' });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await open({ 'If-None-Match': etag })).status).toBe(401);
  });
});
