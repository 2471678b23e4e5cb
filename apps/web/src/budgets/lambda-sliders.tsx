'use client';

import type { SearchDetail } from '@blockwise/client';
import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../ui/button.tsx';
import { Range } from '../ui/range.tsx';
import styles from './lambda-sliders.module.css';

const usualMost = 3;
const step = 0.05;

/** How much each block's rating counts; null stands for the weights of the specification. */
export function LambdaSliders({
  search,
  lambdas,
  onChange,
}: {
  search: SearchDetail;
  lambdas: readonly number[] | null;
  onChange: (lambdas: readonly number[] | null) => void;
}) {
  const say = useTranslations('budgets');
  const specified = specifiedLambdas(search);
  const shown = lambdas?.length === specified.length ? lambdas : specified;
  return (
    <div className={styles.lambdas}>
      <p className={styles.about}>{say('lambdaAbout')}</p>
      {shown.map((value, block) => (
        <Range
          key={block}
          label={say('lambda', { block: block + 1 })}
          value={value}
          words={String(Number(value.toFixed(2)))}
          least={0}
          most={Math.max(usualMost, ...specified)}
          step={step}
          onChange={(next) => onChange(shown.with(block, Number(next.toFixed(2))))}
        />
      ))}
      <div>
        <Button
          tone="quiet"
          icon={<RotateCcw aria-hidden />}
          isDisabled={lambdas === null}
          onPress={() => onChange(null)}
        >
          {say('lambdaReset')}
        </Button>
      </div>
    </div>
  );
}

/** Those of the specification; 1 where it has none. */
function specifiedLambdas({ spec, blocks }: SearchDetail): readonly number[] {
  const { solve } = spec as { readonly solve?: { readonly lambdas?: readonly number[] | null } };
  return solve?.lambdas ?? blocks.map(() => 1);
}
