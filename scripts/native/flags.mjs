// JavaScript, because the bootstrap checks flags on Node 20 before anything is installed.
import path from 'node:path';

/**
 * @typedef {{ kind: 'search' }
 *   | { kind: 'folder', folder: string }
 *   | { kind: 'python', python: string }
 *   | { kind: 'pip' }
 *   | { kind: 'download' }} Source where TensorFlow comes from
 */

/**
 * @typedef {object} NativeFlags
 * @property {'setUp' | 'check' | 'remove' | 'help'} action
 * @property {'tensorflow' | 'webgpu'} engine
 * @property {Source} source
 * @property {boolean} gpu
 * @property {boolean} buildOnly
 */

export const nativeHelp = `npm run native -- [flags]

Sets up the engine "tensorflow": TensorFlow itself, driven by tfjs-node. Linux. Or, with --webgpu, the
engine "webgpu". Everything is kept in the folder .native; nothing else is changed.

Where TensorFlow comes from, one of:
  --tensorflow FOLDER   an installed TensorFlow: the folder of the Python package, or an unpacked
                        libtensorflow
  --python PYTHON       the TensorFlow package that this Python has
  --pip                 pip, into an environment of its own in .native
  --download            libtensorflow 2.9.1, as tfjs-node downloads it (CUDA 11.2 for GPUs)
  Without any: the TensorFlow that python3 has; else pip; else the download.

  --gpu                 for NVIDIA GPUs, through CUDA
  --build-only          no look for a driver and no self-test: for an image that is built on a
                        machine without the GPU it will run on
  --webgpu              the engine "webgpu" instead: Dawn, for any current GPU
  --check               show what is set up, and test it
  --remove              remove it
  --help                this text

CXX, when set, is the compiler. Status 0: it is set up and computes what it should; 1: it does not;
2: a flag is wrong.`;

const takesValue = new Set(['--tensorflow', '--python']);
const sourceFlags = ['--tensorflow', '--python', '--pip', '--download'];
const actionFlags = ['--check', '--remove', '--help'];
const setUpSwitches = ['--pip', '--download', '--gpu', '--webgpu', '--build-only'];
const switches = new Set([...setUpSwitches, ...actionFlags]);

/**
 * Reads the flags of `npm run native`.
 *
 * @param {readonly string[]} args
 * @param {string} from folder that relative paths start at
 * @returns {NativeFlags | { wrong: string }} `wrong` is one line for the person who typed them
 */
export function readNativeFlags(args, from) {
  /** @type {Map<string, string>} */
  const given = new Map();
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const equals = arg.startsWith('--') ? arg.indexOf('=') : -1;
    const flag = equals < 0 ? arg : arg.slice(0, equals);
    if (given.has(flag)) return { wrong: `${flag} is given twice.` };
    if (switches.has(flag)) {
      if (equals >= 0) return { wrong: `${flag} takes no value.` };
      given.set(flag, '');
    } else if (takesValue.has(flag)) {
      const next = args[at + 1] ?? '';
      const value = equals >= 0 ? arg.slice(equals + 1) : next.startsWith('--') ? '' : next;
      if (value === '') return { wrong: `${flag} needs a value.` };
      if (equals < 0) at += 1;
      given.set(flag, value);
    } else {
      return { wrong: `Unknown flag ${arg}. npm run native -- --help lists the flags.` };
    }
  }
  return judge(given, from);
}

/**
 * @param {ReadonlyMap<string, string>} given
 * @param {string} from
 * @returns {NativeFlags | { wrong: string }}
 */
function judge(given, from) {
  const [action, ...otherActions] = actionFlags.filter((flag) => given.has(flag));
  if (otherActions.length > 0)
    return { wrong: `${action} and ${otherActions[0]} exclude each other.` };
  const [source, ...otherSources] = sourceFlags.filter((flag) => given.has(flag));
  if (otherSources.length > 0)
    return { wrong: `${source} and ${otherSources[0]} exclude each other.` };
  const webgpu = given.has('--webgpu');
  const forTensorflow = [source, given.has('--gpu') ? '--gpu' : undefined].find(Boolean);
  if (webgpu && forTensorflow !== undefined) {
    return { wrong: `${forTensorflow} is for TensorFlow, not for --webgpu.` };
  }
  const without = action === '--check' || action === '--remove';
  if (without && given.size > (webgpu ? 2 : 1)) {
    return { wrong: `${action} goes with no other flag but --webgpu.` };
  }
  return {
    action:
      action === '--help'
        ? 'help'
        : action === '--check'
          ? 'check'
          : action === '--remove'
            ? 'remove'
            : 'setUp',
    engine: webgpu ? 'webgpu' : 'tensorflow',
    source: readSource(source, given, from),
    gpu: given.has('--gpu'),
    buildOnly: given.has('--build-only'),
  };
}

/**
 * @param {string | undefined} flag
 * @param {ReadonlyMap<string, string>} given
 * @param {string} from
 * @returns {Source}
 */
function readSource(flag, given, from) {
  switch (flag) {
    case '--tensorflow':
      return { kind: 'folder', folder: path.resolve(from, given.get(flag) ?? '') };
    case '--python': {
      const python = given.get(flag) ?? '';
      // A bare name is looked up on the PATH.
      return { kind: 'python', python: python.includes('/') ? path.resolve(from, python) : python };
    }
    case '--pip':
      return { kind: 'pip' };
    case '--download':
      return { kind: 'download' };
    default:
      return { kind: 'search' };
  }
}
