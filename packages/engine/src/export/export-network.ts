import type { ExportFormat } from '@blockwise/contracts';
import { writeTimm } from '../timm/timm.ts';
import type { ExportFiles } from './archive.ts';
import { describe } from './describe.ts';
import { writeOnnx } from './onnx/write-onnx.ts';
import { moduleFile, weightsFile, writeModuleFile } from './pytorch/write-pytorch.ts';
import type { ExportSubject } from './subject.ts';
import { writeTfjs } from './tfjs/write-tfjs.ts';

/** A network as the files of one format; all have `network.json`, which says what it is. */
export function exportNetwork(subject: ExportSubject, format: ExportFormat): ExportFiles {
  const description = describe(subject);
  const json = text(`${JSON.stringify(description, null, 2)}\n`);
  return new Map([...filesOf(subject, format), ['network.json', json]]);
}

function filesOf(subject: ExportSubject, format: ExportFormat): ExportFiles {
  const { architecture } = describe(subject);
  switch (format) {
    case 'architecture':
      return new Map([['architecture.txt', text(`${architecture}\n`)]]);
    case 'safetensors':
      return new Map([[weightsFile, safetensors(subject)]]);
    case 'pytorch':
      return new Map([
        [moduleFile, text(writeModuleFile(subject))],
        [weightsFile, safetensors(subject)],
      ]);
    case 'onnx':
      return new Map([['network.onnx', writeOnnx(subject)]]);
    case 'tfjs':
      return writeTfjs(subject);
    default:
      return unknownFormat(format);
  }
}

function safetensors(subject: ExportSubject): Uint8Array {
  const { architecture, classes, imageSize, mean, std } = describe(subject);
  return writeTimm(subject.weights, subject.network, subject.classes.length, {
    architecture,
    classes: JSON.stringify(classes),
    imageSize: String(imageSize),
    mean: JSON.stringify(mean),
    std: JSON.stringify(std),
  });
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function unknownFormat(format: never): never {
  throw new Error(`Unknown format ${String(format)}.`);
}
