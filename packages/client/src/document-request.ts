import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';

/** How operations are sent: written out, or by their ids in the manifest that the server has. */
export type DocumentForm = 'texts' | 'ids';

/** What stands for a document in the body of a request. */
export function documentInBody(document: Document, form: DocumentForm) {
  return form === 'ids' ? { documentId: idOf(document) } : { query: print(document) };
}

/** What stands for a document in a message of a socket, whose protocol wants a text in any case. */
export function documentInMessage(document: Document, form: DocumentForm) {
  return form === 'ids'
    ? { query: '', extensions: { documentId: idOf(document) } }
    : { query: print(document) };
}

// biome-ignore lint/suspicious/noExplicitAny: documents of all results and variables
type Document = TypedDocumentNode<any, any>;

/** The id that was generated with a document. One that has none is a mistake of the caller. */
function idOf(document: Document): string {
  const { __meta__: meta } = document as { __meta__?: { hash?: string } };
  if (meta?.hash === undefined) throw new Error('The document was not generated: it has no id.');
  return meta.hash;
}
