import { DomainError } from '@blockwise/contracts';

/**
 * The one argument that is given, of two that exclude each other.
 *
 * @throws DomainError BAD_INPUT when both or none of them are
 */
export function onlyOneOf<
  A extends string,
  B extends string,
  Args extends { readonly [name in A | B]?: unknown },
>(
  args: Args,
  [a, b]: readonly [A, B],
): { name: A; value: NonNullable<Args[A]> } | { name: B; value: NonNullable<Args[B]> } {
  const [first, second] = [args[a] ?? null, args[b] ?? null];
  if (first !== null && second === null) return { name: a, value: first };
  if (second !== null && first === null) return { name: b, value: second };
  throw new DomainError('BAD_INPUT', `Give either ${a} or ${b}.`, {
    path: [first === null ? a : b],
  });
}
