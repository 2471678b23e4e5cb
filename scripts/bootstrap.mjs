// Entry of the scripts in package.json. Plain JavaScript without dependencies: on a fresh clone
// nothing is installed yet. Only this file must be readable by a Node that is too old.

const oldestMajor = 20;

if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  console.error(
    `Blockwise needs Node ${oldestMajor} or later; this is Node ${process.versions.node}.`,
  );
  process.exit(2);
}

const { main } = await import('./setup/main.mjs');
process.exitCode = await main(process.argv.slice(2));
