import type { DocumentNode } from 'graphql';
import { operationName } from './operation-name.ts';

/** Under what an answer is kept. */
export function apiKey(document: DocumentNode, variables: object) {
  return [operationName(document), variables] as const;
}

/** Under what a list is kept that is read page by page. */
export function pagesKey(document: DocumentNode, variables: object) {
  return [operationName(document), 'pages', variables] as const;
}
