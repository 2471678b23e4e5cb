// `node docker/probe.mjs http://127.0.0.1:4000/readyz`: status 0 when the address answers 2xx within five
// seconds. Images have it for their HEALTHCHECK, because they have no curl.
const [address = ''] = process.argv.slice(2);
const response = await fetch(address, { signal: AbortSignal.timeout(5000) });
process.exitCode = response.ok ? 0 : 1;
