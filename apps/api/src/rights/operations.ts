import { anyone, atLeast, operator, type Right, signedIn } from './right.ts';

/**
 * The table of who may do what: every operation of the schema, and the fields of objects that not
 * everybody who sees the object may see. An operation without a row does not exist: the schema
 * refuses to be built.
 */
export const operationRights = {
  // Reading: what is answered is guarded object by object (see types.ts).
  'Query.node': anyone,
  'Query.nodes': anyone,
  'Query.serverInfo': anyone,
  'Query.viewer': anyone,
  'Query.search': anyone,
  'Query.searches': anyone,
  'Query.candidates': anyone,
  'Query.curves': anyone,
  'Query.leaderboard': anyone,
  'Query.exportCandidates': anyone,
  'Query.exportCurves': anyone,
  'Query.searchEvents': anyone,
  'Query.solve': anyone,
  'Query.paretoFront': anyone,
  'Query.rankReport': signedIn,
  'Query.fitLambdas': anyone,
  'Query.audit': anyone,
  'Subscription.searchEvents': anyone,
  // Calculations on what the request brings along, and what the software publishes.
  'Query.recipes': anyone,
  'Query.spacePresets': anyone,
  'Query.publishedNetworks': anyone,
  'Query.describeSpace': signedIn,
  'Query.networkCost': signedIn,
  'Query.scaleNetwork': signedIn,

  // Teams and accounts.
  'Query.team': signedIn,
  'Query.teams': signedIn,
  'Query.auditLog': operator,
  'Team.members': atLeast('VIEWER', 'READ'),
  'Team.invitations': atLeast('MAINTAINER', 'ADMIN'),
  'Team.tokens': atLeast('MAINTAINER', 'ADMIN'),
  'Team.auditLog': atLeast('MAINTAINER', 'ADMIN'),
  'Mutation.createTeam': { who: 'SIGNED_IN', scope: 'ADMIN' },
  'Mutation.renameTeam': atLeast('OWNER', 'ADMIN'),
  'Mutation.deleteTeam': atLeast('OWNER', 'ADMIN'),
  'Mutation.inviteMember': atLeast('MAINTAINER', 'ADMIN'),
  'Mutation.revokeInvitation': atLeast('MAINTAINER', 'ADMIN'),
  'Mutation.acceptInvitation': { who: 'SIGNED_IN', scope: 'ADMIN' },
  'Mutation.changeRole': atLeast('OWNER', 'ADMIN'),
  'Mutation.removeMember': atLeast('OWNER', 'ADMIN'),
  'Mutation.leaveTeam': atLeast('VIEWER', 'ADMIN'),
  'Mutation.createToken': { who: 'SIGNED_IN', scope: 'ADMIN' },
  'Mutation.revokeToken': { who: 'SIGNED_IN', scope: 'ADMIN' },
  'Mutation.updateViewer': { who: 'SIGNED_IN', scope: 'ADMIN' },
  'Mutation.setPassword': { who: 'SIGNED_IN', scope: 'ADMIN' },
  'Mutation.createSignInLink': { who: 'SIGNED_IN', scope: 'ADMIN' },

  'Query.webhooks': atLeast('MAINTAINER', 'ADMIN'),
  'Team.webhooks': atLeast('MAINTAINER', 'ADMIN'),
  'Mutation.createWebhook': atLeast('MAINTAINER', 'ADMIN'),
  'Mutation.updateWebhook': atLeast('MAINTAINER', 'ADMIN'),
  'Mutation.deleteWebhook': atLeast('MAINTAINER', 'ADMIN'),
  'Mutation.rotateWebhookSecret': atLeast('MAINTAINER', 'ADMIN'),
  'Mutation.pingWebhook': atLeast('MAINTAINER', 'ADMIN'),
  'Mutation.redeliverWebhook': atLeast('MAINTAINER', 'ADMIN'),

  // Work.
  'Mutation.startSearch': atLeast('MEMBER', 'WRITE'),
  'Mutation.cancelSearch': atLeast('MEMBER', 'WRITE'),
  'Mutation.measureLatency': atLeast('MEMBER', 'WRITE'),
  'Mutation.cutWeights': atLeast('MEMBER', 'WRITE'),
  'Mutation.cancelJob': atLeast('MEMBER', 'WRITE'),
  'Mutation.retrainNetworks': atLeast('MEMBER', 'WRITE'),
  'Mutation.startAudit': atLeast('MEMBER', 'WRITE'),
  'Mutation.cancelAudit': atLeast('MEMBER', 'WRITE'),
  'Mutation.exportNetwork': atLeast('MEMBER', 'WRITE'),
  'Mutation.exportTeacher': atLeast('MEMBER', 'WRITE'),
} as const satisfies Record<string, Right>;
