import { describe } from '../describe.ts';
import type { ExportSubject } from '../subject.ts';
import { loading, sameParts, symmetricParts } from './classes.ts';
import { networkClass } from './network-class.ts';

/** Names of the two files beside each other. */
export const moduleFile = 'network.py';
export const weightsFile = 'network.safetensors';

/**
 * A network as a Python file that needs PyTorch alone: its modules, `create_model()`, and `load()`,
 * which reads the weights from the safetensors file beside it.
 */
export function writeModuleFile(subject: ExportSubject): string {
  const { network } = subject;
  const { architecture, classes, imageSize, mean, std, params, macs } = describe(subject);
  const { text, needs } = networkClass(network);
  const parts = network.frame.padding === 'same' ? sameParts : symmetricParts;
  return `"""A network found by block-wise neural architecture search.

${wrapped(architecture)}

${params.toLocaleString('en-US')} params and ${macs.toLocaleString('en-US')} multiply-accumulates at ${imageSize} x ${imageSize} pixels.

    from network import load, MEAN, STD
    logits = load()((images - MEAN) / STD)   # images: [batch, 3, height, width], RGB, 0 to 1

Run as a program, it prints the logits of an image of zeros.
"""

import json
import os
import struct
import sys

import torch
import torch.nn.functional as F
from torch import nn

ARCHITECTURE = ${JSON.stringify(architecture)}
CLASSES = json.loads(${pythonString(JSON.stringify(classes))})
IMAGE_SIZE = ${imageSize}
MEAN = torch.tensor(${JSON.stringify(mean)}).reshape(3, 1, 1)
STD = torch.tensor(${JSON.stringify(std)}).reshape(3, 1, 1)
WEIGHTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "${weightsFile}")


def norm(channels):
    return nn.BatchNorm2d(channels, eps=${network.frame.epsilon})

${parts}${[...needs].map((definition) => `\n${definition}`).join('')}
${text}
${loading}`;
}

/** A Python literal of any text: JSON's escapes are Python's. */
function pythonString(text: string): string {
  return JSON.stringify(text);
}

/** At most 96 characters a line, broken at spaces. */
function wrapped(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) as string;
    if (last !== '' && last.length + 1 + word.length > 96) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.map((line) => `    ${line}`).join('\n');
}
