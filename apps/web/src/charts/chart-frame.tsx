'use client';

import { Download, Link2, Table } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import buttonStyles from '../ui/button.module.css';
import { Button } from '../ui/button.tsx';
import { DataTable, type TableData } from '../ui/data-table.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { saveFile } from '../ui/save-file.ts';
import { tell } from '../ui/toasts.tsx';
import styles from './chart-frame.module.css';
import { toCsv } from './csv.ts';
import { standAloneSvg, svgToPng } from './picture-file.ts';

/** Draws the picture as SVG, for charts that stand on a canvas. */
export type DrawSvg = () => SVGSVGElement;

const DrawingContext = createContext<((draw: DrawSvg | undefined) => void) | null>(null);

/** For a chart on a canvas: tells the frame around it how to draw the same as SVG. */
export function useSvgDrawing(draw: DrawSvg): void {
  const register = useContext(DrawingContext);
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => {
    register?.(() => latest.current());
    return () => register?.(undefined);
  }, [register]);
}

/**
 * A chart with what every chart has: the table behind it, files of it (SVG, PNG, CSV) and a link to
 * this view. What the chart shows must follow from the page's address alone.
 */
export function ChartFrame({
  name,
  table,
  aside,
  children,
}: {
  /** Heads the table and names the files. */
  name: string;
  /** All that the picture shows, with all digits; asked for when it is needed. */
  table: () => TableData;
  /** Steers the chart; stands left of what every chart has. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const say = useTranslations('common.chart');
  const host = useRef<HTMLDivElement>(null);
  const [draw, setDraw] = useState<DrawSvg>();
  const [register] = useState(() => (next: DrawSvg | undefined) => setDraw(() => next));
  const [showsTable, setShowsTable] = useState(false);

  const picture = (): string => {
    const svg = draw?.() ?? host.current?.querySelector('svg');
    if (svg == null || host.current === null) throw new Error('The chart has no picture yet.');
    return standAloneSvg(svg, host.current);
  };
  const save = async (form: string | number) => {
    if (form === 'csv') return saveFile(`${name}.csv`, toCsv(table()), 'text/csv');
    const svg = picture();
    if (form === 'svg') return saveFile(`${name}.svg`, svg, 'image/svg+xml');
    saveFile(`${name}.png`, await svgToPng(svg), 'image/png');
  };
  const copyLink = async () => {
    await navigator.clipboard.writeText(window.location.href);
    tell({ text: say('linkCopied'), tone: 'good' });
  };

  return (
    <figure className={styles.frame} aria-label={name}>
      <div className={styles.tools}>
        <div className={styles.aside}>{aside}</div>
        <ToggleButton
          isSelected={showsTable}
          onChange={setShowsTable}
          className={`${buttonStyles.button} ${buttonStyles.quiet}`}
        >
          <Table aria-hidden />
          {showsTable ? say('picture') : say('table')}
        </ToggleButton>
        <Menu
          aria-label={say('save')}
          onAction={save}
          trigger={
            <Button tone="quiet" icon={<Download aria-hidden />}>
              {say('save')}
            </Button>
          }
        >
          <MenuItem id="svg" isDisabled={showsTable}>
            SVG
          </MenuItem>
          <MenuItem id="png" isDisabled={showsTable}>
            PNG
          </MenuItem>
          <MenuItem id="csv">CSV</MenuItem>
        </Menu>
        <Button tone="quiet" icon={<Link2 aria-hidden />} onPress={copyLink}>
          {say('link')}
        </Button>
      </div>
      {showsTable ? (
        <DataTable name={name} data={table()} />
      ) : (
        <DrawingContext value={register}>
          <div ref={host}>{children}</div>
        </DrawingContext>
      )}
    </figure>
  );
}
