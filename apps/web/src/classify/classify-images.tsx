'use client';

import { ImageUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsInteger, useQueryState } from 'nuqs';
import { useCallback, useEffect, useState } from 'react';
import { DropZone, FileTrigger, isFileDropItem } from 'react-aria-components';
import { useSearch } from '../search/search-frame.tsx';
import { Button } from '../ui/button.tsx';
import { formatShare } from '../ui/format.ts';
import { Problem } from '../ui/page.tsx';
import { AnswerView } from './answer-view.tsx';
import type { Answer } from './classifier.ts';
import { cutOut, readPixels } from './read-pixels.ts';
import { type Pixels, toSquare } from './resample.ts';
import { SampleGrid } from './sample-grid.tsx';
import styles from './try-panel.module.css';
import type { Loaded } from './use-classifier.ts';
import { useSamples } from './use-samples.ts';

/** What was asked last, and what came of it. */
interface Asked {
  /** As the network sees it. */
  readonly square: Uint8ClampedArray;
  readonly answer: Answer;
  /** Position of its true class; undefined for a picture of the visitor's. */
  readonly label: number | undefined;
  /** Name of a file. */
  readonly name: string | undefined;
}

/** Samples to choose from, a place for pictures of one's own, and what the network takes them for. */
export function ClassifyImages({ loaded, tested }: { loaded: Loaded; tested: number | null }) {
  const say = useTranslations('classify');
  const { search } = useSearch();
  const { classifier, model } = loaded;
  const { samples } = useSamples(search.id, true);
  const [sample, setSample] = useQueryState('sample', parseAsInteger);
  const [asked, setAsked] = useState<Asked>();
  const [error, setError] = useState<string>();
  const [guesses, setGuesses] = useState<ReadonlyMap<number, number>>(new Map());

  const classify = useCallback(
    async (pixels: Pixels, label?: number, name?: string) => {
      const square = toSquare(pixels, model.imageSize);
      setAsked({ square, answer: await classifier.classify(square), label, name });
    },
    [classifier, model.imageSize],
  );

  // The sample of the address, also when one comes by a link.
  useEffect(() => {
    if (sample === null || samples == null || sample >= samples.count) return;
    void classify(cutOut(samples.sheet, samples, sample), samples.labels[sample]);
  }, [sample, samples, classify]);

  const open = async (file: File | undefined) => {
    if (file === undefined) return;
    setError(undefined);
    try {
      await setSample(null);
      await classify(await readPixels(file), undefined, file.name);
    } catch {
      setError(say('noImage', { name: file.name }));
    }
  };

  const classifyAll = async () => {
    if (samples == null) return;
    for (let index = 0; index < samples.count; index++) {
      const square = toSquare(cutOut(samples.sheet, samples, index), model.imageSize);
      const { logits } = await classifier.classify(square);
      setGuesses((before) => new Map(before).set(index, logits.indexOf(Math.max(...logits))));
    }
  };
  const right = [...guesses].filter(([index, guess]) => samples?.labels[index] === guess).length;

  return (
    <div className={styles.columns}>
      <div className={styles.choose}>
        <DropZone
          className={styles.drop ?? ''}
          getDropOperation={(types) => (types.has('text/plain') ? 'cancel' : 'copy')}
          onDrop={async ({ items }) => open(await items.find(isFileDropItem)?.getFile())}
          aria-label={say('drop')}
        >
          <span>{say('drop')}</span>
          <FileTrigger
            acceptedFileTypes={['image/jpeg', 'image/png', 'image/webp']}
            onSelect={(files) => void open(files?.[0])}
          >
            <Button icon={<ImageUp aria-hidden />}>{say('choose')}</Button>
          </FileTrigger>
        </DropZone>
        {error && <Problem>{error}</Problem>}
        {samples && (
          <>
            <div className={styles.samples}>
              <h3>{say('samples')}</h3>
              <Button tone="quiet" onPress={() => void classifyAll()}>
                {say('all')}
              </Button>
              {guesses.size > 0 && (
                <output>
                  {say('right', { right, count: guesses.size })}
                  {tested !== null && ` ${say('whole', { top1: formatShare(tested) })}`}
                </output>
              )}
            </div>
            <SampleGrid
              samples={samples}
              classes={model.classes}
              guesses={guesses}
              chosen={sample}
              onChoose={(index) => void setSample(index)}
            />
          </>
        )}
      </div>
      {asked ? (
        <AnswerView
          {...asked}
          classes={model.classes}
          size={model.imageSize}
          backend={classifier.backend}
        />
      ) : (
        <p className={styles.about}>{say('hint')}</p>
      )}
    </div>
  );
}
