export const shapeKinds = ['disc', 'triangle', 'cross', 'ring'] as const;
export type ShapeKind = (typeof shapeKinds)[number];

/** Where a shape lies: centre and radius in pixels, turn in radians. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly angle: number;
}

/** How much of a pixel the shape covers, 0..1; edges are about one pixel wide. */
export type Coverage = (x: number, y: number) => number;

export function placeShape(kind: ShapeKind, place: Placement): Coverage {
  const [cos, sin] = [Math.cos(place.angle), Math.sin(place.angle)];
  const { radius } = place;
  // No shape reaches farther than 1.1 radii; most pixels end here.
  const reach = (1.1 * radius + 1) ** 2;
  return (x, y) => {
    const dx = x - place.x;
    const dy = y - place.y;
    if (dx * dx + dy * dy > reach) return 0;
    const u = (dx * cos + dy * sin) / radius;
    const v = (dy * cos - dx * sin) / radius;
    return Math.max(0, Math.min(1, 0.5 - distance(kind, u, v) * radius));
  };
}

/** Signed distance (a lower bound of it) to the edge of the shape of radius 1, negative inside. */
function distance(kind: ShapeKind, u: number, v: number): number {
  switch (kind) {
    case 'disc':
      return Math.sqrt(u * u + v * v) - 0.85;
    case 'triangle':
      return Math.max(Math.abs(u) * 0.866 + v * 0.5, -v) - 0.55;
    case 'cross': {
      const [along, across] = [Math.abs(u), Math.abs(v)];
      const bar = Math.max(along - 1, across - 0.36);
      return Math.min(bar, Math.max(across - 1, along - 0.36));
    }
    case 'ring':
      return Math.abs(Math.sqrt(u * u + v * v) - 0.72) - 0.27;
    default:
      return kind satisfies never;
  }
}
