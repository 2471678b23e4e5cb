'use client';

import { useTranslations } from 'next-intl';
import { Segments } from '../../ui/fields.tsx';
import { ChoiceAt, NumberAt, TextAt } from '../bound-fields.tsx';
import { valueAt } from '../draft.ts';
import { FieldRow, Section } from '../section.tsx';
import { useSpecDraft } from '../spec-draft.tsx';

const kinds = ['procedural', 'imageFolder', 'cifar10'] as const;
type Kind = (typeof kinds)[number];

/** What a data set of each kind begins with. */
const beginnings: Record<Kind, object> = {
  procedural: { kind: 'procedural', classes: 10, size: 32, trainPerClass: 400, testPerClass: 100 },
  imageFolder: { kind: 'imageFolder', size: 32 },
  cifar10: { kind: 'cifar10' },
};

/** Which images everything is learnt from. */
export function DatasetSection() {
  const say = useTranslations('start');
  const { draft, set } = useSpecDraft();
  const kind = kinds.find((each) => each === valueAt(draft, ['dataset', 'kind'])) ?? 'procedural';
  return (
    <Section
      title={say('section.dataset')}
      about={say('about.dataset')}
      moreName={say('more')}
      more={
        <ChoiceAt
          path={['normalisation']}
          words="normalisation"
          values={(['auto', 'data', 'imagenet'] as const).map((value) => ({
            value,
            name: say(`normalisation.${value}`),
          }))}
        />
      }
    >
      <div>
        <Segments
          label={say('section.dataset')}
          value={kind}
          options={kinds.map((value) => ({ value, name: say(`dataset.${value}`) }))}
          onChange={(next) => set(['dataset'], beginnings[next])}
        />
      </div>
      <FieldRow>
        {kind !== 'procedural' && <TextAt path={['dataset', 'path']} words="path" />}
        {kind !== 'cifar10' && <NumberAt path={['dataset', 'size']} words="size" />}
        {kind === 'procedural' && (
          <>
            <NumberAt path={['dataset', 'classes']} words="classes" />
            <NumberAt path={['dataset', 'trainPerClass']} words="trainPerClass" />
            <NumberAt path={['dataset', 'testPerClass']} words="testPerClass" />
            <NumberAt path={['dataset', 'seed']} words="datasetSeed" />
          </>
        )}
        <NumberAt path={['ratingPerClass']} words="ratingPerClass" />
      </FieldRow>
    </Section>
  );
}
