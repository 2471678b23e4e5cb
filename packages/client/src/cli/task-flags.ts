import { flag, type Values } from './flag.ts';

/** For what a cost is counted. */
export const taskFlags = {
  'input-size': flag.whole('PIXELS', 'height and width of an image (224)'),
  classes: flag.whole('N', 'classes (1000)'),
} as const;

/** As variables of a query; what is left out is the server's to fill in. */
export function taskOf(values: Values<typeof taskFlags>) {
  return {
    ...(values['input-size'] === undefined ? {} : { inputSize: values['input-size'] }),
    ...(values.classes === undefined ? {} : { classes: values.classes }),
  };
}
