import { divergingColours } from '../charts/diverging.ts';
import { sequentialColours } from '../charts/sequential.ts';
import { formatFeature } from '../ui/format.ts';
import { mapImage } from './map-canvas.tsx';
import { colouringOf, type Picture } from './map-rows.ts';
import { tileSide } from './tile-side.ts';

const gap = 6;
const caption = 16;
const names = 96;
const legend = 56;
const font = 'font-family:sans-serif;font-size:11px;fill:#777';

/** What stands in the file besides the maps, in the reader's language. */
export interface PictureWords {
  readonly channel: string;
  readonly maps: string;
  readonly difference: string;
}

/** All channels as one SVG, about as wide as high, with its scale; every row of maps of a band is one image. */
export function drawPicture(
  { rows, size, order, scaleOf, sharedScale }: Picture,
  words: PictureWords,
): SVGSVGElement {
  const side = tileSide(size);
  const columns = Math.min(
    order.length,
    Math.max(8, Math.ceil(Math.sqrt(order.length * rows.length))),
  );
  const bandHeight = caption + rows.length * (side + 2) + gap;
  const bands = Math.ceil(order.length / columns);
  const svg = make('svg', {
    width: names + columns * (side + gap),
    height: bands * bandHeight + (sharedScale ? legend : 0),
  }) as SVGSVGElement;
  for (let band = 0; band < bands; band++) {
    const top = band * bandHeight;
    const channels = order.slice(band * columns, (band + 1) * columns);
    for (const [at, channel] of channels.entries()) {
      const text = at === 0 ? `${words.channel} ${channel}` : String(channel);
      svg.append(label(text, names + at * (side + gap), top + caption - 4));
    }
    for (const [row, { name, maps, kind }] of rows.entries()) {
      const y = top + caption + row * (side + 2);
      svg.append(label(name, 0, y + side / 2 + 4));
      const canvas = document.createElement('canvas');
      canvas.width = columns * (side + gap);
      canvas.height = side;
      const pen = canvas.getContext('2d');
      if (pen === null) throw new Error('The browser gives no canvas.');
      pen.imageSmoothingEnabled = false;
      for (const [at, channel] of channels.entries()) {
        const image = mapImage(maps, channel, colouringOf(kind, scaleOf(channel)));
        pen.drawImage(asCanvas(image), at * (side + gap), 0, side, side);
      }
      const { width, height } = canvas;
      svg.append(make('image', { x: names, y, width, height, href: canvas.toDataURL() }));
    }
  }
  if (sharedScale) {
    const y = bands * bandHeight + 8;
    const { least, greatest, half } = sharedScale;
    svg.append(
      ...ramp(words.maps, [least, greatest], sequentialColours, { x: names, y }),
      ...ramp(words.difference, [-half, half], divergingColours, { x: names + 240, y }),
    );
  }
  return svg;
}

/** A scale's colours over the numbers of its ends. */
function ramp(
  name: string,
  [from, to]: readonly [number, number],
  stops: readonly string[],
  { x, y }: { readonly x: number; readonly y: number },
): SVGElement[] {
  const width = 200 / stops.length;
  return [
    label(name, x, y + 10),
    ...stops.map((fill, at) =>
      make('rect', { x: x + at * width, y: y + 16, width: width + 0.5, height: 8, fill }),
    ),
    label(`${formatFeature(from)} … ${formatFeature(to)}`, x, y + 38),
  ];
}

function asCanvas(image: ImageData): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

function label(text: string, x: number, y: number): SVGElement {
  const element = make('text', { x, y, style: font });
  element.textContent = text;
  return element;
}

function make(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
