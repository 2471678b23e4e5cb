/**
 * From below to above a middle: blue and vermilion of Okabe and Ito, darker towards both ends, told apart by people
 * of any colour vision.
 */
export const divergingColours = [
  '#00304d',
  '#0072b2',
  '#7fb8d8',
  '#f4f4f2',
  '#eaa477',
  '#d55e00',
  '#5e2900',
] as const;
