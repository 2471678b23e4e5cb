'use client';

import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../ui/button.tsx';
import styles from './zoom-buttons.module.css';

const nearer = 1.6;

/** Zooms a chart without a wheel or keys; what they also do is told where they are pointed at. */
export function ZoomButtons({
  isWhole,
  onZoom,
  onReset,
}: {
  /** Nothing is out of sight. */
  isWhole: boolean;
  onZoom: (factor: number) => void;
  onReset: () => void;
}) {
  const say = useTranslations('charts');
  return (
    <div className={styles.buttons}>
      <Button
        tone="quiet"
        aria-label={say('zoomIn')}
        icon={<ZoomIn aria-hidden />}
        onPress={() => onZoom(nearer)}
      />
      <Button
        tone="quiet"
        aria-label={say('zoomOut')}
        icon={<ZoomOut aria-hidden />}
        isDisabled={isWhole}
        onPress={() => onZoom(1 / nearer)}
      />
      <Button
        tone="quiet"
        aria-label={say('zoomAll')}
        icon={<Maximize2 aria-hidden />}
        isDisabled={isWhole}
        onPress={onReset}
      />
    </div>
  );
}
