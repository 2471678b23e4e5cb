// What can be missing is taken away for real: commands are run with a PATH that lacks them.

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tensorflowFolder } from '../../packages/engine/src/index.ts';
import { compileBinding, findCompiler } from './compiler.ts';
import { downloadLibtensorflow } from './download.ts';
import { findGpus } from './driver.ts';
import { findTensorflow } from './find-tensorflow.ts';
import type { Source } from './flags.mjs';
import { pipInstall } from './pip-environment.ts';
import { askPython } from './python.ts';
import { findProgram, run } from './run.ts';
import { refusePlatform, setUp } from './set-up.ts';

let folder = '';
const python = findProgram('python3', process.env);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'native-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An environment whose PATH holds these programs alone. */
function pathOf(name: string, programs: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const bin = path.join(folder, name);
  mkdirSync(bin);
  for (const [program, target] of Object.entries(programs)) {
    symlinkSync(target, path.join(bin, program));
  }
  return { ...process.env, PATH: bin, CXX: '' };
}

function search(source: Source, env: NodeJS.ProcessEnv, say: (line: string) => void = () => {}) {
  return findTensorflow({ source, gpu: false, folder, tfjsNode: folder, env, say });
}

describe('a machine without', () => {
  it('a compiler', () => {
    const env = pathOf('no-compiler', {});
    expect(() => findCompiler(env)).toThrow(
      'There is no C++ compiler: c++, g++, clang++ are not on the PATH',
    );
    expect(() => findCompiler({ ...env, CXX: 'icpx' })).toThrow('icpx is not on the PATH');
  });

  it('Python', async () => {
    const env = pathOf('no-python', {});
    await expect(askPython('python3', env)).rejects.toThrow(
      'There is no Python: python3 is not on the PATH.',
    );
    await expect(askPython('/nowhere/python', env)).rejects.toThrow('/nowhere/python');
  });

  it('an NVIDIA driver, or one that answers', async () => {
    await expect(findGpus(pathOf('no-driver', {}))).rejects.toThrow(
      'There is no NVIDIA driver: nvidia-smi is not on the PATH.',
    );
    const broken = pathOf('broken-driver', { 'nvidia-smi': '/bin/false' });
    await expect(findGpus(broken)).rejects.toThrow('The NVIDIA driver does not answer');
    const none = pathOf('no-gpu', { 'nvidia-smi': '/bin/true' });
    await expect(findGpus(none)).rejects.toThrow('knows no GPU');
  });

  it('Linux', () => {
    expect(() => refusePlatform('darwin')).toThrow('on Linux, not on darwin');
    refusePlatform('linux');
  });

  it('any TensorFlow is told what was tried', async () => {
    const said: string[] = [];
    const found = search({ kind: 'search' }, pathOf('nothing', {}), (line) => said.push(line));
    await expect(found).rejects.toThrow('No TensorFlow was found or could be had, in 3 ways.');
    expect(said.filter((line) => line.startsWith('There is no Python'))).toHaveLength(2);
    expect(said.at(-1)).toContain('The download of libtensorflow was refused');
  });

  it('a compiler is told so before anything is installed', async () => {
    const target = path.join(folder, 'untouched');
    const started = setUp({
      ...{ folder: target, core: folder, source: { kind: 'search' }, gpu: false },
      ...{ buildOnly: false, platform: 'linux', env: pathOf('bare', {}), say: () => undefined },
    });
    await expect(started).rejects.toThrow('There is no C++ compiler');
    expect(findProgram('package.json', { PATH: target })).toBeNull();
  });
});

describe.skipIf(python === null)('a Python (skipped where there is no python3)', () => {
  const file = python ?? '';

  it('that has no TensorFlow is told by its version', async () => {
    const made = path.join(folder, 'empty-environment');
    // Without pip, which nobody asks for here, it takes a moment.
    expect(await run(file, ['-m', 'venv', '--without-pip', made])).toMatchObject({ ok: true });
    const inside = path.join(made, 'bin/python');
    await expect(search({ kind: 'python', python: inside }, process.env)).rejects.toThrow(
      /^Python 3\.\d+\.\d+ \(.*\) has no TensorFlow\.$/,
    );
  });

  it('that does not run is told with its words', async () => {
    const env = pathOf('broken-python', { python3: '/bin/false' });
    await expect(askPython('python3', env)).rejects.toThrow('does not run');
  });

  it('that cannot make environments is told with the package that Debian keeps them in', async () => {
    const occupied = path.join(folder, 'a-file');
    writeFileSync(occupied, '');
    const there = await askPython(file, process.env);
    const target = path.join(occupied, 'venv');
    await expect(pipInstall(target, there, false, process.env)).rejects.toThrow(
      /apt-get install python3-venv.*Not a directory/,
    );
  });

  it('whose pip gets nothing is told with what pip says', async () => {
    const env = {
      ...process.env,
      ...{ PIP_NO_INDEX: '1', PIP_FIND_LINKS: folder, PIP_CONFIG_FILE: '/dev/null' },
    };
    const there = await askPython(file, env);
    const target = path.join(folder, 'venv-without-index');
    await expect(pipInstall(target, there, false, env)).rejects.toThrow(
      /^pip did not get tensorflow-cpu==[\d.]+ for Python 3.*(No matching|not find)/,
    );
  });
});

describe('compileBinding', () => {
  it('tells what the compiler says of a TensorFlow that does not fit', async () => {
    const package_ = path.join(folder, 'package/binding');
    mkdirSync(package_, { recursive: true });
    const shared = 'static std::set<std::string> ATTR_NAME_SET;\n';
    const source = '#include <set>\n#include <string>\n#include "tensorflow/c/nothing.h"\n';
    writeFileSync(path.join(package_, 'tfjs_backend.cc'), `${source}${shared}`);
    writeFileSync(path.join(package_, 'tfjs_binding.cc'), '');
    const tensorflow = {
      ...{ folder, include: folder, libraries: [], cudaLibraries: [] },
      ...{ version: '2.9.1', cuda: null },
    };
    const compiled = compileBinding({
      ...{ compiler: findCompiler(process.env), tfjsNode: path.dirname(package_) },
      ...{ nodeHeaders: folder, tensorflow, env: process.env },
      output: path.join(folder, 'binding/tfjs_binding.node'),
    });
    await expect(compiled).rejects.toThrow(
      /does not compile against TensorFlow 2\.9\.1 in .*nothing\.h/,
    );
  });
});

const installed = path.join(tensorflowFolder(), 'node_modules');

describe.skipIf(!existsSync(installed))('the download (skipped where nothing is set up)', () => {
  it('is told as refused when it is', async () => {
    const copy = path.join(folder, 'node_modules');
    cpSync(installed, copy, { recursive: true });
    const name =
      readdirSync(path.join(copy, '@tensorflow')).find((each) => each.startsWith('tfjs-node')) ??
      '';
    const env = { ...process.env, TFJS_NODE_BASE_URI: 'http://127.0.0.1:1/' };
    const tfjsNode = path.join(copy, '@tensorflow', name);
    await expect(downloadLibtensorflow(tfjsNode, false, env)).rejects.toThrow(
      /^The download of libtensorflow was refused: .*ECONNREFUSED/,
    );
  });
});
