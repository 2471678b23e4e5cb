import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** What the editor shows to who opens it for the first time. */
const firstQuery = `# Ctrl-Enter runs the operation. Ctrl-Space completes names; the book has the whole schema.
{
  serverInfo {
    version
  }
  searches(first: 5) {
    nodes {
      id
      name
      state
    }
  }
}
`;

export interface ExplorerPage {
  readonly html: Buffer;
  /** The same, compressed: it is megabytes. */
  readonly gzipped: Buffer;
  /** Names this content. */
  readonly etag: string;
  /** What the page may do in a browser: run its own script, and ask the API that it came from. */
  readonly policy: string;
}

/**
 * GraphiQL as one page that has everything inside and loads nothing from elsewhere.
 *
 * @param endpoint path of the GraphQL endpoint on the same host
 */
export async function makeExplorerPage(endpoint: string): Promise<ExplorerPage> {
  // Megabytes, which a server that nobody explores does not need.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const text = renderGraphiQL({
    title: 'Blockwise explorer',
    endpoint,
    subscriptionsProtocol: 'WS',
    defaultQuery: firstQuery,
    // A token that somebody types stays in the page.
    shouldPersistHeaders: false,
  });
  const html = Buffer.from(text);
  return {
    html,
    gzipped: await promisify(gzip)(html),
    etag: `"${sha256(text, 'hex')}"`,
    policy: [
      "default-src 'none'",
      `script-src 'sha256-${sha256(scriptOf(text), 'base64')}'`,
      // The editor writes styles as it goes, and runs its workers from texts inside the page.
      "style-src 'unsafe-inline'",
      'worker-src blob:',
      'font-src data:',
      'img-src data:',
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}

/** The page's only script. */
function scriptOf(html: string): string {
  const begin = html.indexOf('<script>') + '<script>'.length;
  return html.slice(begin, html.lastIndexOf('</script>'));
}

function sha256(text: string, encoding: 'hex' | 'base64'): string {
  return createHash('sha256').update(text).digest(encoding);
}
