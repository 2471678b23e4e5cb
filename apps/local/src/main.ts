import { chosenSpec } from './checks.ts';
import { launch } from './launch.ts';

process.exitCode = await launch(process.argv.slice(2), chosenSpec);
// Whatever still holds the event loop open is no longer wanted: all processes have ended.
process.exit();
