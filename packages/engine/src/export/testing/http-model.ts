import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as layers from '@tensorflow/tfjs-layers';
import type { ExportFiles } from '../archive.ts';

/** Loads a model as a browser does: `model.json` over HTTP, then the weights that it names. */
export async function loadOverHttp(files: ExportFiles): Promise<layers.LayersModel> {
  const server = createServer(({ url = '' }, response) => {
    const bytes = files.get(url.slice(1));
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return await layers.loadLayersModel(`http://127.0.0.1:${port}/model.json`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
