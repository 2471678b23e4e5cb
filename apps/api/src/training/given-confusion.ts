import { type Confusion, DomainError } from '@blockwise/contracts';

/** What a confusion has to agree with. */
export interface TestedOn {
  readonly classes: number;
  readonly testCount: number;
  /** 0..1 */
  readonly top1: number | null;
}

/**
 * What a trainer says that test images were taken for, from triples of true class, guessed class and
 * images; null where it says nothing.
 *
 * @throws DomainError BAD_INPUT when that cannot be, or is not the accuracy beside it
 */
export function givenConfusion(
  triples: readonly number[] | null | undefined,
  { classes, testCount, top1 }: TestedOn,
  path: readonly string[],
): Confusion | null {
  if (triples == null) return null;
  const confusion = Array.from({ length: Math.ceil(triples.length / 3) }, (_, i) => {
    const [trueClass = -1, guessedClass = -1, images = -1] = triples.slice(3 * i, 3 * i + 3);
    return { trueClass, guessedClass, images };
  });
  const isClass = (place: number) => place >= 0 && place < classes;
  const sumOf = (counts: Confusion) => counts.reduce((sum, { images }) => sum + images, 0);
  const places = confusion.map(({ trueClass, guessedClass }) => trueClass * classes + guessedClass);
  const isSound =
    confusion.every(
      ({ trueClass, guessedClass, images }) =>
        isClass(trueClass) && isClass(guessedClass) && images > 0,
    ) && places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0));
  if (!isSound) {
    throw new DomainError(
      'BAD_INPUT',
      'The confusion is triples of true class, guessed class and images, ascending, each pair once.',
      { path },
    );
  }
  const right = sumOf(confusion.filter((pair) => pair.trueClass === pair.guessedClass));
  if (sumOf(confusion) !== testCount || right / testCount !== top1) {
    throw new DomainError(
      'BAD_INPUT',
      `The confusion counts ${sumOf(confusion)} images, ${right} of them right; the accuracy is ` +
        `${top1} of ${testCount}.`,
      { path },
    );
  }
  return confusion;
}
