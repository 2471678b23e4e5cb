'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Segments, TextField } from '../ui/fields.tsx';
import { Panel, Problem } from '../ui/page.tsx';
import { useSpecDraft } from './spec-draft.tsx';
import { fromText, toJson, toMutation, toYaml } from './spec-texts.ts';
import styles from './start.module.css';

export const forms = ['yaml', 'json', 'graphql'] as const;
export type Form = (typeof forms)[number];

/** The same specification as a text: to read, to copy into a notebook or a file, to change or paste. */
export function SpecText({ form, onForm }: { form: Form; onForm: (form: Form) => void }) {
  const say = useTranslations('start.text');
  const { draft, spec, replace } = useSpecDraft();
  const [typed, setTyped] = useState<string>();
  const [wrong, setWrong] = useState<string>();
  const written = form === 'graphql' ? '' : form === 'yaml' ? toYaml(draft) : toJson(draft);
  const mutation = spec === undefined ? undefined : toMutation(draft);
  const take = () => {
    try {
      replace(fromText(typed ?? written));
      setTyped(undefined);
      setWrong(undefined);
    } catch (error) {
      setWrong(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Panel
      title={say('title')}
      aside={
        <Segments
          label={say('title')}
          value={form}
          options={forms.map((value) => ({ value, name: say(value) }))}
          onChange={(next) => {
            setTyped(undefined);
            setWrong(undefined);
            onForm(next);
          }}
        />
      }
    >
      <div className={styles.texts}>
        <p className={styles.note}>{say(`about.${form}`)}</p>
        {form === 'graphql' ? (
          mutation === undefined ? (
            <Problem>{say('notYet')}</Problem>
          ) : (
            <pre
              className={styles.text}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
              tabIndex={0}
            >
              {mutation}
            </pre>
          )
        ) : (
          <TextField
            label={say(form)}
            lines={16}
            mono
            value={typed ?? written}
            error={wrong}
            onChange={setTyped}
          />
        )}
        <div className={styles.textTools}>
          {form !== 'graphql' && (
            <Button isDisabled={typed === undefined} onPress={take}>
              {say('take')}
            </Button>
          )}
          <CopyButton text={() => (form === 'graphql' ? (mutation ?? '') : (typed ?? written))} />
        </div>
      </div>
    </Panel>
  );
}
