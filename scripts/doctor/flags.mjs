// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.
import { parseArgs } from 'node:util';

export const doctorHelp = `npm run doctor -- [flags]

Opens every engine in a process of its own, compares a training step on it with PyTorch's, times a
step of the bench cell, and says which one ENGINE=auto chooses.

  --engine NAME      this one alone: tensorflow, webgpu, wasm or cpu
  --device N         on this GPU, from 0
  --allow-software   webgpu may take the processor for a GPU
  --json             one JSON document in place of lines
  --help             this text

Status 0: one of them can train; 1: none can; 2: a flag is wrong.`;

/**
 * @typedef {object} DoctorFlags
 * @property {string | undefined} engine
 * @property {number | undefined} device
 * @property {boolean} allowSoftware
 * @property {boolean} json
 * @property {boolean} help
 */

const names = ['tensorflow', 'webgpu', 'wasm', 'cpu'];

/**
 * Reads the flags of `npm run doctor`.
 *
 * @param {readonly string[]} args
 * @returns {DoctorFlags | { wrong: string }} `wrong` is one line for the person who typed them
 */
export function readDoctorFlags(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        engine: { type: 'string' },
        device: { type: 'string' },
        'allow-software': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const { engine, device, json, help } = values;
    if (engine !== undefined && !names.includes(engine)) {
      return { wrong: `--engine is one of ${names.join(', ')}, not ${engine}.` };
    }
    if (device !== undefined && !/^\d{1,3}$/.test(device)) {
      return { wrong: `--device is a number from 0, not ${device}.` };
    }
    return {
      engine,
      device: device === undefined ? undefined : Number(device),
      allowSoftware: values['allow-software'],
      json,
      help,
    };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}
