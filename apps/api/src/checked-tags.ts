import { DomainError } from '@blockwise/contracts';

const maxTags = 20;
const maxLength = 50;

/** Tags without space around them, each once, in the order given. Throws DomainError BAD_INPUT. */
export function checkedTags(tags: readonly string[] | null | undefined): string[] | undefined {
  if (tags === null || tags === undefined) return undefined;
  const trimmed = [...new Set(tags.map((tag) => tag.trim()))];
  const isWrong = (tag: string) => tag.length < 1 || tag.length > maxLength;
  if (trimmed.length > maxTags || trimmed.some(isWrong)) {
    throw new DomainError(
      'BAD_INPUT',
      `There are up to ${maxTags} tags, each of 1 to ${maxLength} characters.`,
      { path: ['tags'] },
    );
  }
  return trimmed;
}
