import type { ErrorPath } from '@blockwise/contracts';
import { refuse } from '../refuse.ts';

const longest = 2000;

/**
 * An address that messages may be sent to. Where its name leads is looked at whenever one is sent.
 *
 * @throws DomainError BAD_INPUT
 */
export function checkedWebhookUrl(text: string, allowPrivate: boolean, path: ErrorPath): string {
  const url = URL.parse(text);
  if (url === null || text.length > longest) {
    return refuse('BAD_INPUT', `A URL of at most ${longest} characters is expected.`, path);
  }
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) {
    return refuse('BAD_INPUT', 'The address begins with https://.', path);
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('BAD_INPUT', 'The address has no name and password in it.', path);
  }
  url.hash = '';
  return url.href;
}
