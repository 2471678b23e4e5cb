import { DomainError } from '@blockwise/contracts';
import type { RequestHandler } from 'express';
import type { PersistedDocuments } from './persisted-documents.ts';

/**
 * The text of a document that is asked for by its id.
 *
 * @throws DomainError BAD_INPUT when there is none of that id
 */
export function textOf(documents: PersistedDocuments, id: unknown): string {
  const text = typeof id === 'string' ? documents.get(id) : undefined;
  if (text !== undefined) return text;
  throw new DomainError(
    'BAD_INPUT',
    'This server has no document of that id. A page that was opened before the server was updated has to be loaded again.',
    { path: ['documentId'] },
  );
}

/** Lets a request name a document, `{ "documentId": "sha256:…", "variables": … }`, instead of its text. */
export function expandDocuments(documents: PersistedDocuments): RequestHandler {
  return (request, _response, next) => {
    const { documentId, ...rest } = Object(request.body) as Record<string, unknown>;
    if (documentId === undefined) {
      next();
      return;
    }
    if ('query' in rest) {
      throw new DomainError('BAD_INPUT', 'A request has either `query` or `documentId`.', {
        path: ['documentId'],
      });
    }
    request.body = { ...rest, query: textOf(documents, documentId) };
    next();
  };
}
