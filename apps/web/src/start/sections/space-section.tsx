'use client';

import { SpacePresetsDocument } from '@blockwise/client';
import { useTranslations } from 'next-intl';
import { useApi } from '../../api/use-api.ts';
import { Select } from '../../ui/fields.tsx';
import { formatExact } from '../../ui/format.ts';
import { TextAt } from '../bound-fields.tsx';
import { valueAt } from '../draft.ts';
import { Section } from '../section.tsx';
import { SpacePicture } from '../space-picture.tsx';
import { useSpecDraft } from '../spec-draft.tsx';
import styles from '../start.module.css';

/** What is searched: for every block, cells of candidate layers. */
export function SpaceSection() {
  const say = useTranslations('start');
  const { draft, set, check } = useSpecDraft();
  const { data } = useApi(SpacePresetsDocument, {});
  const presets = data?.spacePresets ?? [];
  const chosen = valueAt(draft, ['space']);
  const preset = presets.find(({ name }) => name === chosen);
  return (
    <Section title={say('section.space')} about={say('about.space')}>
      <Select
        isLabelAbove
        label={say('field.spacePreset')}
        value={preset?.name ?? ''}
        options={[
          { value: '', name: say('ownSpace') },
          ...presets.map(({ name, description }) => ({
            value: name,
            name: `${name}: ${description}`,
          })),
        ]}
        onChange={(name) =>
          set(['space'], name === '' ? (check?.space?.text ?? preset?.space.text ?? chosen) : name)
        }
      />
      <TextAt path={['space']} words="space" lines={preset ? 1 : 7} mono />
      <SpacePicture />
      {check?.spaceSize != null && (
        <p className={styles.note}>{say('spaceSize', { count: formatExact(check.spaceSize) })}</p>
      )}
    </Section>
  );
}
