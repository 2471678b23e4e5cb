import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { messagesOf } from './catalogue.ts';
import { localeCookie, pickLocale } from './locale.ts';

/** Language and texts of one request. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(localeCookie)?.value;
  const locale = pickLocale(chosen, (await headers()).get('accept-language'));
  return { locale, messages: messagesOf(locale) };
});
