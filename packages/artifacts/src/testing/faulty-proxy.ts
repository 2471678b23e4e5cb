import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request was, such as `PUT /bucket/key?partNumber=1`. */
export type Fault = 'unavailable' | 'cut off' | 'half an answer';

export interface FaultyProxy {
  readonly url: string;
  /** Methods and addresses of all requests, in order. */
  readonly requests: string[];
  /** What happens to the next requests, one fault for each. */
  readonly faults: Fault[];
  close(): void;
}

/** A proxy before a server, that does to requests what networks do. */
export async function openFaultyProxy(target: string): Promise<FaultyProxy> {
  const requests: string[] = [];
  const faults: Fault[] = [];
  const server = createServer((incoming, response) => {
    requests.push(`${incoming.method} ${incoming.url}`);
    const fault = faults.shift();
    if (fault === 'cut off') incoming.socket.destroy();
    else if (fault === 'unavailable') response.writeHead(503).end();
    else forward(target, incoming, response, fault === 'half an answer');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    faults,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function forward(
  target: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  half: boolean,
) {
  const { method, url, headers } = incoming;
  // The host stays as it was signed.
  const outgoing = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    if (half)
      answer.once('data', (piece: Buffer) => {
        response.write(piece.subarray(0, piece.length >> 1), () => response.destroy());
        answer.destroy();
      });
    else answer.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}
