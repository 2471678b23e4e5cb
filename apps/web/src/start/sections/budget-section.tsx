'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '../../ui/fields.tsx';
import { formatBytes, formatCount } from '../../ui/format.ts';
import { NumberAt } from '../bound-fields.tsx';
import { valueAt } from '../draft.ts';
import { FieldRow, Section } from '../section.tsx';
import { type Check, useSpecDraft } from '../spec-draft.tsx';
import styles from '../start.module.css';

const counted = ['params', 'macs', 'activationBytes'] as const;
const axes = [...counted, 'latencyMs'] as const;

/** What the networks may cost. */
export function BudgetSection() {
  const say = useTranslations('start');
  const { draft, set, check } = useSpecDraft();
  const measures = valueAt(draft, ['latency']) != null;
  return (
    <Section
      title={say('section.budget')}
      about={say('about.budget')}
      moreName={say('more')}
      more={
        <FieldRow>
          {counted.map((axis) => (
            <NumberAt key={axis} path={['constraints', axis, 'min']} words={`${axis}Min`} />
          ))}
          <NumberAt path={['constraints', 'flopsTool', 'max']} words="flopsToolMax" />
          <NumberAt path={['solve', 'minDistance']} words="minDistance" />
        </FieldRow>
      }
    >
      <FieldRow>
        {axes.map((axis) =>
          axis === 'latencyMs' && !measures ? null : (
            <div key={axis}>
              <NumberAt path={['constraints', axis, 'max']} words={`${axis}Max`} />
              <span className={styles.note}>{rangeOf(axis, check, say)}</span>
            </div>
          ),
        )}
      </FieldRow>
      <Checkbox isSelected={measures} onChange={(on) => set(['latency'], on ? {} : undefined)}>
        {say('field.latency')}
      </Checkbox>
    </Section>
  );
}

function rangeOf(
  axis: (typeof axes)[number],
  check: Check | undefined,
  say: ReturnType<typeof useTranslations<'start'>>,
): string {
  if (axis === 'latencyMs' || check?.costs == null) return '';
  const { min, max } = check.costs[axis];
  const format = axis === 'activationBytes' ? formatBytes : formatCount;
  return say('range', { least: format(min), most: format(max) });
}
