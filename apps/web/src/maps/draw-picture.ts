import { mapImage } from './map-canvas.tsx';
import { colouringOf, type Picture } from './map-rows.ts';
import { tileSide } from './tile-side.ts';

const gap = 6;
const caption = 16;
const names = 96;
const font = 'font-family:sans-serif;font-size:11px;fill:#777';

/** All channels as one SVG, about as wide as high; every row of maps of a band is one image. */
export function drawPicture(
  { rows, size, order, scaleOf }: Picture,
  channelName: string,
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
    height: bands * bandHeight,
  }) as SVGSVGElement;
  for (let band = 0; band < bands; band++) {
    const top = band * bandHeight;
    const channels = order.slice(band * columns, (band + 1) * columns);
    for (const [at, channel] of channels.entries()) {
      const text = at === 0 ? `${channelName} ${channel}` : String(channel);
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
  return svg;
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
