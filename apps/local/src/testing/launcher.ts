// A launcher for guard.test.ts: starts one process under the guard, tells its number, and waits.
import { startGuard } from '../guard.ts';
import { startProcess } from '../processes.ts';

const folder = process.argv[2] ?? '.';
const guard = startGuard();
const child = startProcess(
  { name: 'child', args: ['-e', 'setInterval(() => {}, 1000)'], env: {}, cwd: folder },
  folder,
  guard,
);
process.on('SIGTERM', async () => {
  await child.stop();
  await guard.close();
  process.exit(0);
});
setInterval(() => {}, 1000);
console.log(JSON.stringify({ child: child.pid, guardian: guard.pid }));
