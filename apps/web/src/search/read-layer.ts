/** Kernel and expansion of a printed layer such as `ir_k5_s2_e6_c40_se0.25`; a layer without expansion has 1. */
export function readLayer(text: string): { kernel: number; expansion: number } {
  const number = (key: string, missing: number) =>
    Number(new RegExp(`_${key}(\\d+)(_|$)`).exec(text)?.[1] ?? missing);
  return { kernel: number('k', 1), expansion: number('e', 1) };
}

/** The blocks of a printed network, each as its printed layers; `ir_r2_…` stands for two layers. */
export function readBlocks(architecture: string): string[][] {
  return architecture
    .split('|')
    .slice(1, -1)
    .map((block) =>
      block
        .trim()
        .split(/\s+/)
        .flatMap((layer) => {
          const repeats = Number(/_r(\d+)(_|$)/.exec(layer)?.[1] ?? 1);
          return Array.from({ length: repeats }, () => layer);
        }),
    );
}
