'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { Fact, Facts, Panel } from '../ui/page.tsx';
import { useTimes } from '../ui/use-times.ts';
import { fieldId } from './bound-fields.tsx';
import { type Check, useSpecDraft } from './spec-draft.tsx';
import styles from './start.module.css';

/** What the search would take, what is wrong with it, and the button that starts it. */
export function Summary({ isStarting, onStart }: { isStarting: boolean; onStart: () => void }) {
  const say = useTranslations('start');
  const { problems, check, isChecking, isGood } = useSpecDraft();
  return (
    <div className={styles.summary}>
      <Panel title={say('summary.title')}>
        <div aria-live="polite">
          {problems.length > 0 ? (
            <>
              <p>{say('summary.problems', { count: problems.length })}</p>
              <ul className={styles.problems}>
                {problems.map(({ path, message }) => (
                  <li key={`${path.join('.')} ${message}`}>
                    {message}
                    {path.length > 0 && (
                      <a href={`#${fieldId(path)}`}>
                        <code>{path.join('.')}</code>
                      </a>
                    )}
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <p>{isChecking ? say('summary.checking') : isGood ? say('summary.good') : ''}</p>
          )}
        </div>
        <p>
          <Button tone="main" isDisabled={!isGood || isStarting} onPress={onStart}>
            {say('summary.start')}
          </Button>
        </p>
      </Panel>
      {check && <Forecast check={check} />}
    </div>
  );
}

/** How large the space is, and what searching it would take. */
function Forecast({ check }: { check: Check }) {
  const say = useTranslations('start');
  const common = useTranslations('common.phase');
  const { duration } = useTimes();
  const between = (range: { low: number; high: number } | null | undefined) =>
    range == null
      ? say('summary.unknown')
      : say('summary.between', { low: duration(range.low), high: duration(range.high) });
  return (
    <Panel title={say('summary.forecast')}>
      <Facts>
        {check.spaceSize != null && (
          <Fact name={say('summary.space')}>{formatCount(check.spaceSize)}</Fact>
        )}
        {check.costs && (
          <Fact name="params">
            {say('range', {
              least: formatCount(check.costs.params.min),
              most: formatCount(check.costs.params.max),
            })}
          </Fact>
        )}
        {check.costs && (
          <Fact name="macs">
            {say('range', {
              least: formatCount(check.costs.macs.min),
              most: formatCount(check.costs.macs.max),
            })}
          </Fact>
        )}
        <Fact name={say('summary.time')}>
          <span data-volatile>{between(check.seconds)}</span>
        </Fact>
        <Fact
          name={say('summary.gpu')}
          note={check.basis ? say(`summary.basis.${check.basis}`) : undefined}
        >
          <span data-volatile>{between(check.gpuSeconds)}</span>
        </Fact>
      </Facts>
      {check.phases.length > 0 && (
        <table className={styles.phases}>
          <thead>
            <tr>
              <th scope="col">{say('summary.phase')}</th>
              <th scope="col" className="number">
                {say('summary.jobs')}
              </th>
              <th scope="col" className="number">
                {say('summary.each')}
              </th>
            </tr>
          </thead>
          <tbody>
            {check.phases.map(({ phase, jobs, seconds }) => (
              <tr key={phase}>
                <td>{common(phase)}</td>
                <td className="number">{jobs}</td>
                <td className="number" data-volatile>
                  {seconds ? duration((seconds.low + seconds.high) / 2) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
