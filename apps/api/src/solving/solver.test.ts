import { spaceOf } from '@blockwise/dna';
import { afterEach, expect, test } from 'vitest';
import { Solver } from './solver.ts';

const space = spaceOf('small-32');
const task = { inputSize: 32, classes: 10 };

let solver: Solver;
afterEach(() => solver.close());

test('answers every question with its own answer, refusals with code and path', async () => {
  solver = new Solver();
  const draw = (seed: number) => solver.run('sampleNetworks', space, task, 2, [seed], {});
  const [first, second, again, refused, passed] = await Promise.allSettled([
    draw(1),
    draw(2),
    draw(1),
    solver.run('checkFeasible', space, task, { params: { max: 10 } }),
    solver.run('checkFeasible', space, task, { params: { max: 1e9 } }),
  ]);
  expect(first).toMatchObject({ status: 'fulfilled', value: [{}, {}] });
  expect(again).toEqual(first);
  expect(second).not.toEqual(first);
  expect(refused).toMatchObject({
    status: 'rejected',
    reason: {
      name: 'DomainError',
      code: 'INFEASIBLE',
      path: ['constraints', 'params', 'max'],
      message: expect.stringContaining('smallest network'),
    },
  });
  expect(passed).toMatchObject({ status: 'fulfilled' });
});

test('a fault in the method is an error here, and the next question is answered', async () => {
  solver = new Solver();
  const broken = {
    ...space,
    blocks: [{ ops: [], cells: [{ layers: 1, channels: 8, stride: 1 }] }],
  };
  await expect(
    // @ts-expect-error a space that the types forbid
    solver.run('sampleNetworks', { ...broken, head: null }, task, 1, [1], {}),
  ).rejects.toThrow();
  await expect(solver.run('sampleNetworks', space, task, 1, [1], {})).resolves.toHaveLength(1);
});

test('closing ends questions that are open', async () => {
  solver = new Solver();
  const open = solver.run('sampleNetworks', spaceOf('dna-multi'), task, 100, [1], {});
  const ended = expect(open).rejects.toThrow('closing');
  await solver.close();
  await ended;
});
