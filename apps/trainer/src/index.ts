export { readEnv, type TrainerEnv } from './env.ts';
export { type Logger, openLog } from './log.ts';
export { startTrainer, type Trainer } from './trainer.ts';
