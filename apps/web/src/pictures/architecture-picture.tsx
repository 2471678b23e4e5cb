'use client';

import { type KeyboardEvent, useState } from 'react';
import { useWidth } from '../charts/use-width.ts';
import { ArchitectureAcross } from './architecture-across.tsx';
import { ArchitectureDown } from './architecture-down.tsx';
import type { Architecture, DrawnLayer } from './read-architecture.ts';

/** Below this width, in pixels, the network runs down the page. */
const leastAcross = 720;
const leastDown = 280;

export interface ArchitecturePictureProps {
  readonly network: Architecture;
  /** Drawn beside the network's blocks. */
  readonly teacher: Architecture | null;
  /** Shapes at the teacher's cut points: after its stem, then after every block. */
  readonly cuts: readonly { readonly channels: number; readonly size: number }[];
  /** Pixels a side of an image. */
  readonly imageSize: number;
  /** A word under a layer, such as by how much its runner-up loses; by {@link DrawnLayer.key}. */
  readonly notes: ReadonlyMap<string, string>;
  readonly notesName: string;
  readonly chosen: DrawnLayer | undefined;
  readonly onChoose: (layer: DrawnLayer) => void;
  readonly onPoint: (layer: DrawnLayer | undefined) => void;
  /** For who does not see it. */
  readonly label: string;
}

/**
 * A network block by block and layer by layer, the teacher's block beside each of its own; across the
 * page where there is room, down the page where there is not. Arrow keys go from layer to layer.
 */
export function ArchitecturePicture(props: ArchitecturePictureProps) {
  const [host, width] = useWidth<HTMLDivElement>(960);
  const { network, chosen, onChoose } = props;
  const [reached, setReached] = useState<string>();
  const reachable = chosen?.key ?? reached ?? network.layers[0]?.key;

  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const at = network.layers.findIndex(({ key }) => key === reachable);
    const next = network.layers[(at + way + network.layers.length) % network.layers.length];
    if (next === undefined) return;
    setReached(next.key);
    onChoose(next);
    const all = event.currentTarget.querySelectorAll<SVGGElement>('[role="radio"]');
    all[network.layers.indexOf(next)]?.focus();
  };

  // A hidden host has no width.
  const room = Math.max(leastDown, width);
  const Drawing = room < leastAcross ? ArchitectureDown : ArchitectureAcross;
  return (
    <div ref={host} role="radiogroup" aria-label={props.label} onKeyDown={walk}>
      <Drawing {...props} width={room} reachable={reachable} />
    </div>
  );
}

/** What both drawings take. */
export interface DrawingProps extends ArchitecturePictureProps {
  /** Pixels that there are. */
  readonly width: number;
  /** Key of the layer that Tab goes to. */
  readonly reachable: string | undefined;
}
