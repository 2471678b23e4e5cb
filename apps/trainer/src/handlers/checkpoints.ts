/** How often the training of a whole network is made resumable: what a lost trainer costs at most. */
export const checkpointEverySeconds = 15;
