import type { Messages } from './catalogue.ts';
import type { Locale } from './locale.ts';

// Keys of messages are checked when the dashboard is compiled.
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
