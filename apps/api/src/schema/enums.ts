import { type ErrorCode, errorCodes } from '@blockwise/contracts';
import { builder } from './builder.ts';

export const VisibilityEnum = builder.enumType('Visibility', {
  description: 'Who may see an object.',
  values: {
    PRIVATE: { description: 'Who made it, and the owners of its team.' },
    TEAM: { description: 'Every member of its team.' },
    PUBLIC: { description: 'Everybody who reaches the server, signed in or not.' },
  } as const,
});

export const TeamRoleEnum = builder.enumType('TeamRole', {
  description: 'What a member may do in a team; each role may do what those before it may.',
  values: {
    VIEWER: { description: 'Reads what the team has.' },
    MEMBER: {
      description:
        'Starts, steers and cancels searches; starts and cancels trainings, audits and exports.',
    },
    MAINTAINER: {
      description: 'Keeps boards, webhooks, invitations and tokens; reads the audit log.',
    },
    OWNER: { description: 'Changes roles, sees what is private, renames and deletes the team.' },
  } as const,
});

export const TokenScopeEnum = builder.enumType('TokenScope', {
  description: 'What a token may be used for. It never has more rights than who made it.',
  values: {
    READ: { description: 'Queries and subscriptions.' },
    WRITE: { description: 'What members do: starting, steering, cancelling, entering boards.' },
    ADMIN: { description: 'What maintainers, owners and operators do.' },
    TRAIN: {
      description:
        'Taking jobs and writing the results of its own jobs, and nothing else. Alone, and made by ' +
        'operators only.',
    },
  } as const,
});

export const SearchStateEnum = builder.enumType('SearchState', {
  description:
    'States of a search. With COMPLETE, FAILED and CANCELLED it has ended; only `retryJob` leads on, ' +
    'from FAILED to RUNNING.',
  values: {
    DRAFT: {
      description: 'Written down, not asked for yet. Reserved: no operation leads here yet.',
    },
    QUEUED: { description: 'Waits for the first free trainer.' },
    RUNNING: { description: 'At least one of its jobs has been started.' },
    PAUSED: {
      description: 'Its waiting jobs are held back until somebody resumes it.',
    },
    COMPLETE: { description: 'All jobs ended well.' },
    FAILED: { description: 'A job failed for good; `failure` says why.' },
    CANCELLED: { description: 'Ended by a person.' },
  } as const,
});

export const SearchPriorityEnum = builder.enumType('SearchPriority', {
  description:
    'Whose jobs are handed out first. Among searches of one priority the most urgent kind of job goes ' +
    'first, then the one that has waited longest.',
  values: {
    LOW: { description: 'After all others.' },
    NORMAL: { description: 'As every search begins.' },
    HIGH: { description: 'Before all others.' },
  } as const,
});

export const JobStateEnum = builder.enumType('JobState', {
  description: 'States of a job, of one attempt at it, and of the cell or network it works on.',
  values: {
    QUEUED: { description: 'Waits for a trainer.' },
    RUNNING: { description: 'A trainer works on it.' },
    COMPLETE: { description: 'Ended well; final.' },
    FAILED: { description: 'Ended with a failure; of a job, `retryJob` may have it tried again.' },
    CANCELLED: {
      description:
        'Ended because its search was cancelled or failed; a job goes on when the failed one is tried again.',
    },
  } as const,
});

export const SamplingEnum = builder.enumType('Sampling', {
  description: 'How a curve is thinned when it has more than `maxPoints` points. Repeatable.',
  values: {
    NONE: { description: 'Every point; `maxPoints` is ignored.' },
    MIN_MAX: {
      description:
        'The least and the greatest point of each of `maxPoints` / 2 ranges of steps: spikes stay.',
    },
    LAST: { description: 'The newest `maxPoints` points.' },
  } as const,
});

export const NetworkOriginEnum = builder.enumType('NetworkOrigin', {
  description: 'Why a network is there.',
  values: {
    SOLVED: { description: 'Chosen by the search, under the constraints of its specification.' },
    AUDIT: { description: 'Drawn for a ranking audit.' },
    REQUESTED: { description: 'Trained because somebody asked for it.' },
  } as const,
});

export const CandidateOrderFieldEnum = builder.enumType('CandidateOrderField', {
  description: 'What candidates can be sorted by. Ties are sorted by path.',
  values: {
    LOSS: { description: "Rating by the specification's measure." },
    KL: { description: 'KL, of the paths for which it was measured.' },
    TOP1: { description: 'Accuracy in the teacher, of the paths for which it was measured.' },
    PARAMS: { description: 'Learnable scalars.' },
    MACS: { description: 'Multiply-accumulates per image.' },
    FLOPS_TOOL: { description: "Cost in the convention of the DNA paper's tables." },
    ACTIVATION_BYTES: {
      description: 'Feature maps of one image, of the paths for which it was counted.',
    },
    ERROR: { description: "Half width of the loss's interval, of the paths that have one." },
    PATH: { description: 'Lexicographic position of the path.' },
  } as const,
});

export const OrderDirectionEnum = builder.enumType('OrderDirection', {
  description: 'Direction of a sort.',
  values: {
    ASC: { description: 'Least first.' },
    DESC: { description: 'Greatest first.' },
  } as const,
});

export const ErrorCodeEnum = builder.enumType('ErrorCode', {
  description:
    'The closed list of error codes. A failed search or job carries one; so does every error of ' +
    'the API, in `extensions.code`.',
  values: Object.fromEntries(
    Object.entries(errorCodes).map(([code, description]) => [code, { value: code, description }]),
  ) as Record<ErrorCode, { value: ErrorCode; description: string }>,
});

export const SearchEventKindEnum = builder.enumType('SearchEventKind', {
  description: 'What an event tells. Fields of the event that its kind does not name are null.',
  values: {
    SEARCH_CHANGED: {
      description:
        'State, phase or priority of the search: `state`, `phase`, `priority`, `failure`.',
    },
    JOB_CHANGED: {
      description:
        'A job changed its state: `job`, `jobKind`, `jobState`, `attempt`, `cell`, `network`, `failure`.',
    },
    JOB_PROGRESS: { description: 'How far a job is: `job`, `progress`.' },
    CURVE_POINTS: {
      description:
        'New points of a curve: `job`, `points`. An attempt that resumes sends the steps ' +
        'after its checkpoint again; they replace the earlier ones.',
    },
    CELL_RATED: {
      description: 'All paths of a cell are rated: `cell`, `candidates`, `bestPath`, `bestLoss`.',
    },
    SEARCH_SOLVED: { description: 'The best networks are known: `networks`.' },
    NETWORK_TESTED: {
      description:
        'A network was trained with one seed and tested: `network`, `retraining`, `top1`.',
    },
    LATENCY_MEASURED: { description: 'A latency table is there: `engine`, `device`.' },
    NETWORK_CUT: {
      description: "A network's weights were cut out of the supernets: `network`, `top1`.",
    },
    NETWORK_EXPORTED: {
      description:
        'Weights are there as files: `export`, and `network` unless they are of the teacher.',
    },
    FEATURE_MAPS_MADE: { description: 'Feature maps are there: `featureMaps`, `cell`.' },
    AUDIT_CHANGED: { description: 'A ranking audit changed its state: `audit`, `auditState`.' },
    MESSAGE: { description: 'A remark for people: `level`, `message`.' },
  } as const,
});

export const MessageLevelEnum = builder.enumType('MessageLevel', {
  description: 'Weight of a remark.',
  values: {
    INFO: { description: 'Good to know.' },
    WARNING: { description: 'Somebody should look at it.' },
  } as const,
});
