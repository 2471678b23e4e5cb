import type { Activation, Frame } from '@blockwise/dna';

/** One operation of a network in evaluation. Convolutions and poolings pad as the frame says. */
export type GraphOp =
  /** k×k convolution without bias; the array `weight` is [k, k, in, out]. */
  | {
      readonly kind: 'conv';
      readonly weight: string;
      readonly kernel: number;
      readonly stride: 1 | 2;
    }
  /** The array `weight` is [k, k, channels, 1]. */
  | {
      readonly kind: 'depthwise';
      readonly weight: string;
      readonly kernel: number;
      readonly stride: 1 | 2;
    }
  /** Batch normalisation by the running statistics `of.weight`, `.bias`, `.running_mean`, `.running_var`. */
  | { readonly kind: 'norm'; readonly of: string }
  | { readonly kind: 'activation'; readonly activation: GraphActivation }
  /** Maximum of each window; what lies outside takes no part. */
  | { readonly kind: 'pool'; readonly kernel: number; readonly stride: 1 | 2 }
  /** Over all positions: a map of one pixel. */
  | { readonly kind: 'mean' }
  /** On a map of one pixel; `of.weight` is [1, 1, in, out] or [in, out], `of.bias` [out]. */
  | { readonly kind: 'linear'; readonly of: string }
  /** The first input, each channel times the second's one pixel. */
  | { readonly kind: 'gate' }
  | { readonly kind: 'add' };

export type GraphActivation = Activation | 'sigmoid' | 'hardSigmoid';

export interface GraphNode {
  /** Also the name of its output. */
  readonly name: string;
  readonly op: GraphOp;
  readonly inputs: readonly string[];
  /** Channels of its output. */
  readonly channels: number;
}

/** A network as operations, each after those it reads. */
export interface NetworkGraph {
  readonly frame: Frame;
  readonly nodes: readonly GraphNode[];
}

/** Name of what enters a graph, and of the logits. */
export const graphInput = 'image';
export const graphOutput = 'logits';

/** Collects nodes; every method answers the name of what it has added. */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];

  add(name: string, op: GraphOp, channels: number, ...inputs: string[]): string {
    this.nodes.push({ name, op, inputs, channels });
    return name;
  }
}
