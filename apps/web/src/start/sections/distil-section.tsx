'use client';

import { useTranslations } from 'next-intl';
import { ChoiceAt, NumberAt } from '../bound-fields.tsx';
import { FieldRow, Section } from '../section.tsx';

const strategies = ['dna', 's1', 's2'] as const;
const losses = ['mse', 'mseOverVariance', 'noiseToSignal', 'cosine'] as const;
const samplings = ['uniform', 'fair'] as const;
const measures = ['relativeL1', 'mseOverVariance', 'cosine', 'replaceKl', 'replaceError'] as const;
const augments = [
  'none',
  'light',
  'cutout',
  'paper',
  'dna2020',
  'randAugment',
  'autoAugment',
] as const;

/** How cells learn from the teacher, and how their paths are rated. */
export function DistilSection() {
  const say = useTranslations('start');
  return (
    <Section
      title={say('section.distil')}
      about={say('about.distil')}
      moreName={say('more')}
      more={
        <FieldRow>
          <ChoiceAt
            path={['distil', 'strategy']}
            words="strategy"
            values={strategies.map((value) => ({ value, name: say(`strategy.${value}`) }))}
          />
          <ChoiceAt
            path={['distil', 'loss']}
            words="loss"
            values={losses.map((value) => ({ value, name: value }))}
          />
          <ChoiceAt
            path={['distil', 'sampling']}
            words="sampling"
            values={samplings.map((value) => ({ value, name: say(`sampling.${value}`) }))}
          />
          <ChoiceAt
            path={['rating', 'measure']}
            words="measure"
            values={measures.map((value) => ({ value, name: say(`measure.${value}`) }))}
          />
          <NumberAt path={['rating', 'batch']} words="ratingBatch" />
          <NumberAt path={['rating', 'calibrationImages']} words="calibrationImages" />
          <NumberAt path={['distil', 'weightDecay']} words="weightDecay" />
          <NumberAt path={['distil', 'augmentVariants']} words="augmentVariants" />
          <NumberAt path={['distil', 'checkpointEverySteps']} words="checkpointEverySteps" />
        </FieldRow>
      }
    >
      <FieldRow>
        <NumberAt path={['distil', 'epochs']} words="distilEpochs" />
        <NumberAt path={['distil', 'batch']} words="batch" />
        <NumberAt path={['distil', 'learningRate']} words="learningRate" />
        <ChoiceAt
          path={['distil', 'augment']}
          words="augment"
          values={augments.map((value) => ({ value, name: say(`augment.${value}`) }))}
        />
      </FieldRow>
    </Section>
  );
}
