import type { Metadata } from 'next';
import { SignInForm } from '../../account/sign-in-form.tsx';
import { Page } from '../../ui/page.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default function SignInPage() {
  return (
    <Page>
      <h1>Sign in</h1>
      <SignInForm />
    </Page>
  );
}
