import { useTranslations } from 'next-intl';
import { costAxes } from '../search/cost-axes.ts';
import type { Wish } from './wish.ts';

/** What a network was asked for by, in words: `macs at most 2.5M, 2nd best`. */
export function useWishWords(): (wish: Wish) => string {
  const say = useTranslations('budgets');
  const common = useTranslations('common.cost');
  return ({ constraints, lambdas, minDistance, place }) => {
    const bounds = costAxes.flatMap(({ key, format }) => {
      const { min, max } = constraints[key] ?? {};
      const cost = common(key);
      return [
        ...(max == null ? [] : [`${say('atMost', { cost })} ${format(max)}`]),
        ...(min == null ? [] : [`${say('atLeast', { cost })} ${format(min)}`]),
      ];
    });
    return [
      ...(bounds.length === 0 ? [say('noLimits')] : bounds),
      ...(lambdas === null ? [] : [`λ ${lambdas.join(' ')}`]),
      ...(minDistance === 0 ? [] : [say('apartWords', { layers: minDistance })]),
      ...(place === 1 ? [] : [say('placeWords', { place })]),
    ].join(', ');
  };
}
