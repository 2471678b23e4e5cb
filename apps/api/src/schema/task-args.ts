import { DomainError } from '@blockwise/contracts';
import type { Task } from '@blockwise/dna';
import type { ApiTypes } from './builder.ts';

type Arguments = Pick<
  PothosSchemaTypes.QueryFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<ApiTypes>, object>,
  'arg'
>;

/** For what a cost is counted; ImageNet's if not given. */
export function taskArgs(t: Arguments) {
  return {
    inputSize: t.arg.int({
      required: true,
      defaultValue: 224,
      description: 'Height and width of an image, 8 to 1,024 pixels.',
    }),
    classes: t.arg.int({
      required: true,
      defaultValue: 1000,
      description: 'Classes, 2 to 100,000.',
    }),
  };
}

/** @throws DomainError BAD_INPUT */
export function checkedTask({ inputSize, classes }: Task): Task {
  requireRange('inputSize', inputSize, 8, 1024);
  requireRange('classes', classes, 2, 100_000);
  return { inputSize, classes };
}

function requireRange(name: keyof Task, value: number, least: number, most: number): void {
  if (value < least || value > most) {
    const limit = most.toLocaleString('en-US');
    throw new DomainError('BAD_INPUT', `${name} must be from ${least} to ${limit}, not ${value}.`, {
      path: [name],
    });
  }
}
