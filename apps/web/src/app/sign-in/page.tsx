import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignInForm } from '../../account/sign-in-form.tsx';
import { Page } from '../../ui/page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const say = await getTranslations('shell');
  return { title: say('signIn') };
}

export default async function SignInPage() {
  const say = await getTranslations('shell');
  return (
    <Page title={say('signIn')}>
      <SignInForm />
    </Page>
  );
}
