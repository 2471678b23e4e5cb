/** What of an element's computed style a picture needs when the page's style sheets are not there. */
const drawn = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
];
/** Dots of a PNG for each CSS pixel: sharp on paper and on dense screens. */
const density = 2;

/** An SVG with its styles inside of it, on the panel's colour. `host` is an element of the page around it. */
export function standAloneSvg(svg: SVGSVGElement, host: HTMLElement): string {
  // An SVG that was drawn for the file alone has its styles already.
  const copy = svg.isConnected ? styledCopy(svg) : (svg.cloneNode(true) as SVGSVGElement);
  const { width, height } = sizeOf(svg);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', groundOf(host));
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** A copy of what is in the page, with its styles inside of it. */
export function styledCopy(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  for (const [at, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const original = originals[at];
    if (original === undefined) continue;
    const style = getComputedStyle(original);
    const kept = drawn.map((name) => `${name}:${style.getPropertyValue(name)}`);
    element.setAttribute('style', kept.join(';'));
    element.removeAttribute('class');
  }
  return copy;
}

/** Draws a stand-alone SVG as PNG. */
export async function svgToPng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = density * image.naturalWidth;
    canvas.height = density * image.naturalHeight;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No PNG was made.'))));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function sizeOf(svg: SVGSVGElement): { width: number; height: number } {
  if (!svg.isConnected) {
    return { width: Number(svg.getAttribute('width')), height: Number(svg.getAttribute('height')) };
  }
  const { width, height } = svg.getBoundingClientRect();
  return { width, height };
}

/** Colour of the nearest element around it that has one. */
function groundOf(host: HTMLElement): string {
  for (let element: HTMLElement | null = host; element !== null; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor;
    if (colour !== 'rgba(0, 0, 0, 0)') return colour;
  }
  return '#ffffff';
}
