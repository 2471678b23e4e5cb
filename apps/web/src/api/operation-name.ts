import type { DocumentNode } from 'graphql';

/** Name of a document's operation; generated documents always have one. */
export function operationName(document: DocumentNode): string {
  for (const definition of document.definitions) {
    if (definition.kind === 'OperationDefinition' && definition.name) return definition.name.value;
  }
  throw new Error('The document has no named operation.');
}
