/** Something with an accuracy and a cost. */
export interface Costed {
  readonly cost: number;
  readonly top1: number;
}

/** Those that no other beats in accuracy at no more cost, the cheapest first; of equals one. */
export function paretoFront<Item extends Costed>(items: readonly Item[]): Item[] {
  const front: Item[] = [];
  for (const item of [...items].sort((a, b) => a.cost - b.cost || b.top1 - a.top1)) {
    const best = front.at(-1);
    if (best === undefined || item.top1 > best.top1) front.push(item);
  }
  return front;
}

/** A rectangle over a cost and the accuracy: least and most of each. */
export type Brush = readonly [cost0: number, cost1: number, top0: number, top1: number];

export function isInside({ cost, top1 }: Costed, [cost0, cost1, top0, topMost]: Brush): boolean {
  return cost >= cost0 && cost <= cost1 && top1 >= top0 && top1 <= topMost;
}
