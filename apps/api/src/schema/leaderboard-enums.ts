import { builder } from './builder.ts';

export const LeaderboardMetricEnum = builder.enumType('LeaderboardMetric', {
  description: 'By what a leaderboard orders its entries, the greatest first.',
  values: {
    TOP1: { description: 'Accuracy on the test part: the mean over the trainings.' },
  } as const,
});

export const BudgetAxisEnum = builder.enumType('BudgetAxis', {
  description: 'A cost that a leaderboard sets a maximum for, as the network was trained.',
  values: {
    PARAMS: { description: 'Learnable scalars.' },
    MACS: { description: 'Multiply-accumulates per image.' },
    FLOPS_TOOL: { description: "The cost in the convention of the DNA paper's tables." },
    ACTIVATION_BYTES: { description: 'Bytes of all feature maps of one image.' },
    LATENCY_MS: {
      description: 'Milliseconds for one image, by the latency table that its search used.',
    },
  } as const,
});

export const EntryStateEnum = builder.enumType('EntryState', {
  description: 'How far an entry can be trusted. Only the first three states have a place.',
  values: {
    UNVERIFIED: { description: 'Nobody has evaluated its weights again.' },
    VERIFYING: { description: 'Its weights are being evaluated on the data of the leaderboard.' },
    VERIFIED: { description: 'Its weights are as good as it says, within the tolerance.' },
    REJECTED: { description: 'They are not: `top1` and `verifiedTop1` say by how much.' },
    WITHDRAWN: { description: 'Taken back; it stays in the history.' },
  } as const,
});

export const LeaderboardEventKindEnum = builder.enumType('LeaderboardEventKind', {
  description: 'What happened on a leaderboard.',
  values: {
    ENTERED: { description: 'A network entered, or came back after it was withdrawn.' },
    VERIFIED: { description: 'The weights of an entry bear it out.' },
    REJECTED: { description: 'They do not: `top1` and `verifiedTop1` differ too much.' },
    VERIFICATION_FAILED: {
      description: 'The weights of an entry could not be evaluated; it is what it was before.',
    },
    WITHDRAWN: { description: 'An entry was taken back.' },
    LEADER_CHANGED: { description: 'Another entry leads; `entry` is null when none does.' },
  } as const,
});
