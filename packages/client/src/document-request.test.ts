import { readFileSync } from 'node:fs';
import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { documentInBody, documentInMessage } from './document-request.ts';
import { SearchDetailDocument, WatchSearchDocument } from './generated/graphql.ts';

const manifest: Record<string, string> = JSON.parse(
  readFileSync(new URL('./generated/persisted-documents.json', import.meta.url), 'utf8'),
);

test('an id stands for the same document in the manifest', () => {
  const sent = documentInBody(SearchDetailDocument, 'ids');
  const text = manifest[String(sent.documentId)] ?? '';
  // Manifests sort what a selection holds.
  const words = (document: string) => (print(parse(document)).match(/\w+|[^\s\w]/g) ?? []).sort();
  expect(words(text)).toEqual(words(print(SearchDetailDocument)));
});

test('an id is sent alone; a socket has it beside an empty text', () => {
  expect(documentInBody(WatchSearchDocument, 'ids')).toEqual({
    documentId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
  expect(documentInMessage(WatchSearchDocument, 'ids')).toEqual({
    query: '',
    extensions: { documentId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
  });
  expect(documentInMessage(WatchSearchDocument, 'texts')).toEqual({
    query: print(WatchSearchDocument),
  });
});

test('a document without an id is not sent as a text instead', () => {
  expect(() => documentInBody(parse('{ serverInfo { name } }'), 'ids')).toThrow('has no id');
});
