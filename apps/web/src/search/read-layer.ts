/** What a chip shows of a layer. */
export interface LayerShape {
  /** `ir`, `er`, `bt`, `ds`, `cn` or `mp`, as in the grammar. */
  readonly kind: string;
  readonly kernel: number;
  readonly expansion: number;
}

/** A printed layer such as `ir_k5_s2_e6_c40_se0.25`; a layer without expansion has 1. */
export function readLayer(text: string): LayerShape {
  const number = (key: string, missing: number) =>
    Number(new RegExp(`_${key}(\\d+(?:\\.\\d+)?)(_|$)`).exec(text)?.[1] ?? missing);
  return { kind: text.split('_')[0] ?? '', kernel: number('k', 1), expansion: number('e', 1) };
}

/**
 * The blocks of a printed network, each as its printed layers, without frame, stem and head;
 * `ir_r2_…` stands for two layers.
 */
export function readBlocks(architecture: string): string[][] {
  const sections = architecture.split('|').map((section) => section.trim());
  return sections.slice(sections[0]?.startsWith('net_') ? 2 : 1, -1).map((block) =>
    block.split(/\s+/).flatMap((layer) => {
      const repeats = Number(/_r(\d+)(_|$)/.exec(layer)?.[1] ?? 1);
      return Array.from({ length: repeats }, () => layer);
    }),
  );
}
