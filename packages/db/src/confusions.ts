import type { Confusion } from '@blockwise/contracts';
import type { Database } from './database.ts';

/** What a test found. */
export interface ConfusionRow {
  /** Row id of the training; of a teacher that of its search. */
  readonly testedId: string;
  readonly confusion: Confusion;
}

/** Confusions of trainings; trainings from before they were kept have none. */
export async function confusionsOfRetrainings(
  db: Database,
  retrainingIds: readonly string[],
): Promise<ConfusionRow[]> {
  const rows = await db.prisma.confusion.findMany({
    where: { retrainingId: { in: [...retrainingIds] } },
  });
  return rows.map(({ retrainingId, counts }) => rowOf(retrainingId, counts));
}

/** As {@link confusionsOfRetrainings}, of the teachers of searches. */
export async function confusionsOfTeachers(
  db: Database,
  searchIds: readonly string[],
): Promise<ConfusionRow[]> {
  const rows = await db.prisma.confusion.findMany({
    where: { searchId: { in: [...searchIds] } },
  });
  return rows.map(({ searchId, counts }) => rowOf(searchId, counts));
}

/** As a column holds it: three 32-bit integers of every pair. */
export function packConfusion(confusion: Confusion): Uint8Array<ArrayBuffer> {
  const values = confusion.flatMap(({ trueClass, guessedClass, images }) => [
    trueClass,
    guessedClass,
    images,
  ]);
  return new Uint8Array(Int32Array.from(values).buffer);
}

function rowOf(testedId: string | null, counts: Uint8Array): ConfusionRow {
  // In memory of its own, so that numbers in it lie at multiples of their size.
  const values = new Int32Array(new Uint8Array(counts).buffer);
  const confusion = Array.from({ length: values.length / 3 }, (_, i) => {
    const [trueClass = 0, guessedClass = 0, images = 0] = values.subarray(3 * i, 3 * i + 3);
    return { trueClass, guessedClass, images };
  });
  return { testedId: testedId ?? '', confusion };
}
