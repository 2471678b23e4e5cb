import { expect, it } from 'vitest';
import { spaceOf } from '../presets.ts';
import { createRandom } from '../random.ts';
import { costRange } from './graph.ts';
import { tabulate } from './lattice.ts';
import { graphOf, measureOf } from './measure.ts';
import { halvesOf, meet } from './meet.ts';
import { Pass } from './pass.ts';
import { planOf } from './plan.ts';
import { syntheticRatings } from './synthetic-ratings.ts';
import { Work } from './work.ts';

it('finds the same networks wherever the two halves stop', () => {
  const space = spaceOf('small-64');
  const ratings = syntheticRatings(space, createRandom('meet'), 'many');
  const lattice = tabulate(space, { inputSize: 64, classes: 10 }, ratings);
  const costs = (['params', 'macs'] as const).map((axis) => measureOf(lattice, axis));
  const graph = graphOf(lattice, measureOf(lattice, 'loss'), costs);
  const bounds = costs.map((_, i) => {
    const { low, high } = costRange(graph, i);
    return { min: low + 0.3 * (high - low), max: low + 0.35 * (high - low) };
  });
  const plan = planOf(graph, bounds);
  if (plan === undefined) throw new Error('the instance has no network');
  const passOf = () => new Pass(plan, 0.15, 50, new Work(1e9));

  const reference = passOf();
  meet(reference, halvesOf(reference));
  expect(reference.found).toHaveLength(50);
  const losses = reference.found.map(({ loss }) => loss);

  for (let left = 0; left <= 4; left++) {
    for (let right = left; right <= 4; right++) {
      const pass = passOf();
      let [beginnings, endings] = [pass.startLists(), pass.endLists()];
      for (let block = 0; block < left; block++) {
        beginnings = pass.extend(beginnings, block, true) ?? [];
      }
      for (let block = 3; block >= right; block--) {
        endings = pass.extend(endings, block, false) ?? [];
      }
      meet(pass, { beginnings, endings, left, right });
      expect(pass.found.map(({ loss }) => loss)).toEqual(losses);
    }
  }
});
