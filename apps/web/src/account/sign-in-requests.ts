/** The endpoints of signing in, which set the cookie. They answer JSON with a `message` when they refuse. */
export interface SignInRequests {
  signIn(email: string, password: string): Promise<void>;
  signUp(account: NewAccount): Promise<void>;
  signOut(): Promise<void>;
  /** Address of the provider's page to go to. */
  openIdPage(): Promise<string>;
}

export interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** Secret of an invitation; empty where everybody may make an account. */
  readonly invitation: string;
}

export function signInRequests(apiUrl: string): SignInRequests {
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(new URL(`/auth${path}`, apiUrl), {
      method: 'POST',
      credentials: 'include',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const answer: { message?: string; url?: string } | null = await response.json();
    if (!response.ok) throw new Error(answer?.message ?? `Refused (${response.status}).`);
    return answer;
  };
  const here = window.location.origin;
  return {
    async signIn(email, password) {
      await post('/sign-in/email', { email, password });
    },
    async signUp({ invitation, ...account }) {
      await post('/sign-up/email', account, { 'x-blockwise-invitation': invitation });
    },
    async signOut() {
      await post('/sign-out', {});
    },
    async openIdPage() {
      const body = { provider: 'openid', callbackURL: here, errorCallbackURL: `${here}/sign-in` };
      return (await post('/sign-in/social', body))?.url ?? '';
    },
  };
}
