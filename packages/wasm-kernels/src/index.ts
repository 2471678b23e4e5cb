export type { Activation } from './activation.ts';
export { kernelNames, registerWasmKernels } from './register.ts';
