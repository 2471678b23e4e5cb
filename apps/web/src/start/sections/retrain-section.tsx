'use client';

import { recipeNames } from '@blockwise/contracts';
import { useTranslations } from 'next-intl';
import { ChoiceAt, NumberAt } from '../bound-fields.tsx';
import { FieldRow, Section } from '../section.tsx';

const inits = ['scratch', 'supernet'] as const;

/** How the best networks are trained and tested. */
export function RetrainSection() {
  const say = useTranslations('start');
  return (
    <Section
      title={say('section.retrain')}
      about={say('about.retrain')}
      moreName={say('more')}
      more={
        <FieldRow>
          <NumberAt path={['retrain', 'batch']} words="batch" />
          <NumberAt path={['retrain', 'learningRate']} words="learningRate" />
          <ChoiceAt
            path={['retrain', 'init']}
            words="init"
            values={inits.map((value) => ({ value, name: say(`init.${value}`) }))}
          />
        </FieldRow>
      }
    >
      <FieldRow>
        <NumberAt path={['retrain', 'networks']} words="networks" />
        <ChoiceAt
          path={['retrain', 'recipe']}
          words="recipe"
          values={recipeNames.map((value) => ({ value, name: value }))}
        />
        <NumberAt path={['retrain', 'epochs']} words="epochs" />
        <NumberAt path={['retrain', 'seeds']} words="seeds" />
      </FieldRow>
    </Section>
  );
}
