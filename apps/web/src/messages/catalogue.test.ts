import { expect, test } from 'vitest';
import { type Messages, messagesOf } from './catalogue.ts';
import { locales } from './locale.ts';

// Every language says everything, and says it about the same things.

test.each(locales.filter((locale) => locale !== 'en'))('%s has the keys of en', (locale) => {
  expect([...texts(messagesOf(locale)).keys()]).toEqual([...texts(messagesOf('en')).keys()]);
});

test.each(locales.filter((locale) => locale !== 'en'))('%s has the values of en', (locale) => {
  const others = texts(messagesOf(locale));
  for (const [key, text] of texts(messagesOf('en'))) {
    expect([key, valuesOf(others.get(key) ?? '')]).toEqual([key, valuesOf(text)]);
  }
});

test('values are found', () => {
  expect(valuesOf('{count, plural, one {# path of {cell}} other {# paths}} <b>x</b>')).toEqual([
    '<b>',
    'cell',
    'count',
  ]);
});

function texts(messages: Messages): Map<string, string> {
  const found: [string, string][] = [];
  const walk = (value: object, path: string) => {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'string') found.push([`${path}${key}`, inner]);
      else walk(inner, `${path}${key}.`);
    }
  };
  walk(messages, '');
  return new Map(found.sort(([a], [b]) => a.localeCompare(b)));
}

/** Names of what a text takes in: values and tags. */
function valuesOf(text: string): string[] {
  const values = [...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map(([, name]) => name ?? '');
  const tags = [...text.matchAll(/<\w+>/g)].map(([tag]) => tag);
  return [...new Set([...values, ...tags])].sort();
}
