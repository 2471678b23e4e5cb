import { DomainError } from '@blockwise/contracts';
import {
  countFailedSignIns,
  type Database,
  openInvitation,
  principalOfToken,
  principalOfUser,
  recordActivity,
  signInTables,
} from '@blockwise/db';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { genericOAuth, magicLink } from 'better-auth/plugins';
import { currentRequestId } from '../http/request-id.ts';
import { type Viewer, viewerOf } from '../rights/viewer.ts';

/** Where the endpoints of signing in lie. */
export const signInPath = '/auth';
/** The client's address as this server sees it; whatever a client sends under this name is dropped. */
export const addressHeader = 'x-blockwise-address';

/** An OpenID Connect provider that people may sign in with. */
export interface OpenIdProvider {
  /** Base address; its discovery document lies under it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Shown on the button. */
  readonly name: string;
}

export interface SignInOptions {
  /** Address of this API as browsers reach it. */
  readonly publicUrl: string;
  /** Signs cookies; at least 32 characters. */
  readonly secret: string;
  /** Pages that may sign in; the first is where a sign-in link leads. */
  readonly webOrigins: readonly [string, ...string[]];
  /** INVITED: only with an invitation. */
  readonly signUp: 'INVITED' | 'OPEN';
  readonly openId?: OpenIdProvider | undefined;
}

export type SignIn = ReturnType<typeof createSignIn>;

const sessionDays = 30;
const linkMinutes = 15;
const leastPassword = 10;
/** Failed attempts on one account, from wherever, before it is closed for the rest of the window. */
const failuresPerAccount = 10;
const failureWindowMinutes = 15;
export const openIdProviderId = 'openid';

/** Accounts, passwords and sessions, by better-auth over the project's own tables. */
export function createSignIn(database: Database, options: SignInOptions) {
  const { publicUrl, secret, webOrigins, signUp, openId } = options;
  /** Links that are being made, by their one-time token. */
  const made = new Map<string, string>();
  const auth = betterAuth({
    appName: 'Blockwise',
    baseURL: publicUrl,
    basePath: signInPath,
    secret,
    trustedOrigins: [...webOrigins],
    database: signInTables(database),
    telemetry: { enabled: false },
    session: {
      expiresIn: sessionDays * 24 * 3600,
      updateAge: 24 * 3600,
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: leastPassword,
      maxPasswordLength: 200,
      autoSignIn: true,
      revokeSessionsOnPasswordReset: true,
    },
    advanced: {
      database: { generateId: false },
      cookiePrefix: 'blockwise',
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      useSecureCookies: publicUrl.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 100,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/sign-up/email': { window: 60, max: 5 },
        '/magic-link/verify': { window: 60, max: 10 },
      },
    },
    plugins: [
      magicLink({
        expiresIn: linkMinutes * 60,
        disableSignUp: true,
        storeToken: 'hashed',
        async sendMagicLink({ email, url }) {
          made.set(email, url);
        },
      }),
      ...(openId === undefined ? [] : [openIdPlugin(openId)]),
    ],
    hooks: {
      before: createAuthMiddleware(async ({ path, body, headers }) => {
        if (path === '/sign-in/email') {
          await refuseAfterFailures(database, String(body?.email ?? ''));
        }
        if (path === '/sign-up/email' && signUp === 'INVITED') {
          await requireInvitation(database, headers?.get(invitationHeader) ?? '', body?.email);
        }
      }),
      after: createAuthMiddleware(async ({ path, body, headers, context }) => {
        if (!/^\/(sign-in|sign-up|sign-out|magic-link\/verify|oauth2\/callback)/.test(path)) return;
        const user = context.newSession?.user ?? context.session?.user;
        const failed = context.returned instanceof APIError && context.returned.statusCode >= 400;
        if (user === undefined && !failed) return;
        await recordActivity(database, {
          userId: user?.id ?? null,
          tokenId: null,
          teamId: null,
          action: failed ? 'signInFailed' : path === '/sign-out' ? 'signOut' : 'signIn',
          subject: typeof body?.email === 'string' ? body.email.toLowerCase().slice(0, 320) : null,
          details: { by: path },
          ip: headers?.get(addressHeader) ?? null,
          requestId: currentRequestId(),
        });
      }),
    },
  });

  return {
    auth,
    openId,
    signUp,
    /** Where the dashboard is. */
    webOrigin: webOrigins[0],

    /** Who sends these headers: a token before a cookie. */
    async viewerOf(headers: Headers): Promise<Viewer> {
      const authorization = headers.get('authorization');
      if (authorization !== null) {
        const [, bearer] = /^Bearer +(\S+)$/i.exec(authorization.trim()) ?? [];
        const principal = bearer === undefined ? null : await principalOfToken(database, bearer);
        return viewerOf(principal, principal === null);
      }
      if (!headers.has('cookie')) return viewerOf(null);
      const session = await auth.api.getSession({ headers });
      return viewerOf(session === null ? null : await principalOfUser(database, session.user.id));
    },

    /**
     * Sets the password of a signed-in browser's account.
     *
     * @throws DomainError BAD_INPUT
     */
    async setPassword({ headers, current, password }: NewPassword): Promise<void> {
      try {
        if (current === undefined) {
          await auth.api.setPassword({ headers, body: { newPassword: password } });
        } else {
          await auth.api.changePassword({
            headers,
            body: { currentPassword: current, newPassword: password, revokeOtherSessions: true },
          });
        }
      } catch (error) {
        if (!(error instanceof APIError)) throw error;
        throw new DomainError('BAD_INPUT', error.message, { path: ['password'], cause: error });
      }
    },

    /** A link that signs an account in once, within a quarter of an hour. */
    async linkFor(email: string): Promise<{ url: string; expiresAt: Date }> {
      const expiresAt = new Date(Date.now() + linkMinutes * 60_000);
      await auth.api.signInMagicLink({
        body: { email, callbackURL: webOrigins[0], errorCallbackURL: `${webOrigins[0]}/sign-in` },
        headers: new Headers(),
      });
      const url = made.get(email);
      made.delete(email);
      if (url === undefined) throw new Error('no sign-in link was made');
      return { url, expiresAt };
    },
  };
}

interface NewPassword {
  readonly headers: Headers;
  readonly current: string | undefined;
  readonly password: string;
}

/** Carries an invitation's secret when an account is made. */
export const invitationHeader = 'x-blockwise-invitation';

function openIdPlugin({ issuer, clientId, clientSecret, name }: OpenIdProvider) {
  return genericOAuth({
    config: [
      {
        providerId: openIdProviderId,
        name,
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
      },
    ],
  });
}

async function refuseAfterFailures(database: Database, email: string): Promise<void> {
  const since = new Date(Date.now() - failureWindowMinutes * 60_000);
  const failures = await countFailedSignIns(database, { email: email.toLowerCase(), since });
  if (failures >= failuresPerAccount) {
    throw new APIError('TOO_MANY_REQUESTS', {
      code: 'RATE_LIMITED',
      message: `Too many failed attempts: try again in ${failureWindowMinutes} minutes, or use a sign-in link.`,
    });
  }
}

async function requireInvitation(
  database: Database,
  secret: string,
  email: unknown,
): Promise<void> {
  const invitation = secret === '' ? null : await openInvitation(database, secret);
  const isFor = invitation?.email === null || invitation?.email === String(email).toLowerCase();
  if (invitation === null || !isFor) {
    throw new APIError('FORBIDDEN', {
      code: 'FORBIDDEN',
      message: 'An account is made with an open invitation for its address.',
    });
  }
}
