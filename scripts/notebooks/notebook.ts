import { readFileSync } from 'node:fs';

/** The parts of a notebook (nbformat 4) that are looked at. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: {
    readonly kernelspec: { readonly name: string; readonly language: 'python' | 'typescript' };
  };
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

interface Cell {
  readonly id: string;
  readonly cell_type: 'markdown' | 'code';
  readonly source: readonly string[];
  /** Of code cells; empty in a notebook that is committed as it was written. */
  readonly outputs?: readonly unknown[];
  readonly execution_count?: number | null;
}

export function readNotebook(file: string): Notebook {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * The code cells of a TypeScript notebook as one module that runs as in a kernel: what a cell declares
 * is known to the next ones. A failure names its cell.
 */
export function asModule({ cells }: Notebook): string {
  const codes = cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source }) => source.join(''));
  return [
    "process.on('uncaughtException', (error) => {",
    `  console.error(\`code cell \${globalThis.cellNumber} of ${codes.length} failed:\`, error);`,
    '  process.exit(1);',
    '});',
    ...codes.map((code, i) => `globalThis.cellNumber = ${i + 1};\n${code}`),
    `console.log('${codes.length} code cells ran');`,
  ].join('\n');
}
