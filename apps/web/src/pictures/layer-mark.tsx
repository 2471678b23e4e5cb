'use client';

import type { ReactNode } from 'react';
import styles from './architecture-picture.module.css';
import type { DrawnLayer } from './read-architecture.ts';
import { kernelShade, type Place, slabPoints } from './slab.ts';
import { useLayerWords } from './use-layer-words.ts';

/** Pixels: in narrower slabs a name has no room, in lower ones a second line. */
const leastForName = 30;
const leastForTwoLines = 34;

/** One layer as a slab with its name. */
export function Slab({
  layer,
  place,
  largest,
  widest,
  isQuiet = false,
}: {
  layer: DrawnLayer;
  place: Place;
  /** Pixels a side of the image. */
  largest: number;
  /** The largest expansion of the picture. */
  widest: number;
  /** Of the teacher. */
  isQuiet?: boolean;
}) {
  const words = useLayerWords();
  const [first = '', second] = words.short(layer).split(/ (?=e\d)/);
  const middle = place.y + place.height / 2;
  const hasTwo = second !== undefined && place.height >= leastForTwoLines;
  const shade = kernelShade(layer.kernel);
  const tone = isQuiet ? '--muted' : '--accent';
  const bar = ((place.width - 10) * layer.expansion) / Math.max(1, widest);
  return (
    <>
      <polygon
        points={slabPoints(place, layer, largest)}
        className={isQuiet ? styles.quiet : styles.slab}
        style={{ fill: `color-mix(in oklab, var(${tone}) ${shade}%, var(--panel))` }}
      />
      {place.width >= leastForName && (
        <text x={place.x + place.width / 2} textAnchor="middle" className={styles.name}>
          <tspan x={place.x + place.width / 2} y={middle + (hasTwo ? -2 : 4)}>
            {first}
          </tspan>
          {hasTwo && (
            <tspan x={place.x + place.width / 2} y={middle + 11}>
              {second}
            </tspan>
          )}
        </text>
      )}
      {hasTwo && layer.expansion !== 1 && (
        <rect
          x={place.x + place.width / 2 - bar / 2}
          y={middle + 15}
          width={Math.max(2, bar)}
          height={3}
          rx={1.5}
          className={styles.expansion}
        />
      )}
    </>
  );
}

/** A layer that can be pointed at and chosen, by hand or by keys. */
export function LayerChoice({
  name,
  isChosen,
  isReachable,
  frame,
  onChoose,
  onPoint,
  children,
}: {
  /** For who does not see the picture. */
  name: string;
  isChosen: boolean;
  /** The one of the picture that Tab goes to; arrow keys go on from it. */
  isReachable: boolean;
  /** What answers to the hand. */
  frame: Place;
  onChoose: () => void;
  onPoint: (isPointed: boolean) => void;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no input inside of an SVG
    <g
      role="radio"
      aria-checked={isChosen}
      aria-label={name}
      tabIndex={isReachable ? 0 : -1}
      className={styles.choice}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose();
      }}
      onFocus={() => onPoint(true)}
      onBlur={() => onPoint(false)}
      onPointerEnter={() => onPoint(true)}
      onPointerLeave={() => onPoint(false)}
    >
      <rect {...frame} rx={5} className={styles.frame} />
      {children}
    </g>
  );
}
