import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { signedHeaders } from './message.ts';
import { newWebhookSecret } from './secret-box.ts';

const page = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');
const secret = newWebhookSecret();
const body = '{"type":"PING","größe":1}';
const message = { id: 'm1', type: 'PING', at: '', team: '', data: {} } as const;
const headers = signedHeaders(message, body, [newWebhookSecret(), secret], new Date());

function example(language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'm').exec(page) ?? [];
  if (code === undefined) throw new Error(`docs/webhooks.md has no ${language}`);
  return code;
}

test("the page's JavaScript takes what is signed, and nothing else", async () => {
  const code = `data:text/javascript,${encodeURIComponent(example('js'))}`;
  const { verify } = await import(/* @vite-ignore */ code);
  expect(verify(secret, headers, body)).toEqual(JSON.parse(body));
  expect(() => verify(secret, headers, `${body} `)).toThrow('wrong signature');
  expect(() => verify(newWebhookSecret(), headers, body)).toThrow('wrong signature');
  const old = signedHeaders(message, body, [secret], new Date(Date.now() - 400_000));
  expect(() => verify(secret, old, body)).toThrow('too old');
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!hasPython)("the page's Python takes what is signed, and nothing else", () => {
  const run = (sent: string) => {
    const given = JSON.stringify({ secret, headers, body: sent });
    const call = `
import sys
given = json.load(sys.stdin)
print(json.dumps(verify(given["secret"], given["headers"], given["body"].encode())))`;
    return spawnSync('python3', ['-c', example('python') + call], { input: given });
  };
  expect(JSON.parse(run(body).stdout.toString())).toEqual(JSON.parse(body));
  const altered = run(`${body} `);
  expect(altered.status).not.toBe(0);
  expect(altered.stderr.toString()).toContain('wrong signature');
});
