import { Refusal } from './refusal.ts';
import { complaint, findProgram, run } from './run.ts';

/**
 * The GPUs that NVIDIA's driver knows, "NVIDIA L4, driver 580.82".
 *
 * @throws Refusal when there is no driver or no GPU
 */
export async function findGpus(env: NodeJS.ProcessEnv): Promise<string[]> {
  const file = findProgram('nvidia-smi', env);
  if (file === null) {
    throw new Refusal(
      'There is no NVIDIA driver: nvidia-smi is not on the PATH. CUDA comes with TensorFlow; the driver does not.',
    );
  }
  const ran = await run(file, ['--query-gpu=name,driver_version', '--format=csv,noheader'], {
    env,
  });
  if (!ran.ok) throw new Refusal(`The NVIDIA driver does not answer: ${complaint(ran)}`);
  const gpus = ran.stdout.split('\n').filter((line) => line.trim() !== '');
  if (gpus.length === 0) throw new Refusal('The NVIDIA driver knows no GPU.');
  return gpus.map((line) => line.replace(', ', ', driver '));
}
